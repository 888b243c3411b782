import { useQuarterMinute } from '../../clock.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useWording } from '../../wording.ts'
import { useDismissedJob } from './dismissed-job.ts'
import { JobOutcome } from './job-outcome.tsx'
import { JobProgress } from './job-progress.tsx'
import { useJobs } from './jobs-store.ts'
import { shownJobs } from './shown-jobs.ts'
import './jobs-strip.css'

/**
 * The jobs that run and how the last one ended: on every page.
 * `told`: jobs whose end the page itself tells.
 */
export function JobsStrip({ told }: { told: ReadonlySet<string> }) {
  const { t } = useWording()
  const view = useJobs((store) => store.view)
  const dismissed = useDismissedJob((store) => store.id)
  const dismiss = useDismissedJob((store) => store.dismiss)
  const now = useQuarterMinute()
  const { running, ended } = view ? shownJobs(view, dismissed, now) : { running: [], ended: null }
  const isOutcomeShown = ended !== null && !told.has(ended.id)
  return (
    <>
      {(running.length > 0 || isOutcomeShown) && (
        <section className="jobs-strip" aria-label={t('jobs.region')}>
          {running.map((job) => (
            <JobProgress key={job.id} job={job} />
          ))}
          {isOutcomeShown && (
            <div className="jobs-ended">
              <JobOutcome job={ended} />
              <Button kind="icon" label={t('jobs.dismiss')} onPress={() => dismiss(ended.id)}>
                <Icon name="close" />
              </Button>
            </div>
          )}
        </section>
      )}
      {/* The end only: a reader who hears each percent hears nothing else. */}
      <p className="unseen" aria-live="polite">
        {ended && ended.state !== 'running' && t(`jobs.${ended.state}.${ended.kind}`)}
      </p>
    </>
  )
}
