import type { Job } from '../../../shared/jobs.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { useJobs } from './jobs-store.ts'
import { percentOf } from './shown-jobs.ts'
import './job-progress.css'

/** A running job: what it is, where it has come to, and how to end it. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useWording()
  const { jobs } = useCommands()
  const isAsked = useJobs((store) => store.asked.has(job.id))
  const percent = percentOf(job)
  const title = t(`jobs.running.${job.kind}`)
  const step = t(`jobs.step.${job.step}`)
  const amount =
    job.total !== null && percent !== null
      ? t('jobs.amount', { done: formatBytes(job.done), total: formatBytes(job.total) })
      : null
  return (
    <div className="job" data-kind={job.kind}>
      <p className="job-title">{title}</p>
      {job.cancellable && (
        <Button
          kind="quiet"
          busy={isAsked}
          label={t('jobs.cancelKind', { title })}
          onPress={() => void jobs.cancel(job.id)}
        >
          {t('jobs.cancel')}
        </Button>
      )}
      <div
        className="job-bar"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={amount === null ? step : `${step}, ${amount}`}
        data-counted={percent !== null}
      >
        <span style={{ inlineSize: percent === null ? undefined : `${percent}%` }} />
      </div>
      <p className="job-step">
        <span>{step}</span>
        {percent !== null && <span className="job-amount">{t('jobs.percent', { percent })}</span>}
      </p>
    </div>
  )
}
