import type { Job } from '../../../shared/jobs.ts'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { percentOf } from './shown-jobs.ts'
import './job-progress.css'

/** Where a running job has come to, in a line: its bar stands beside every page. */
export function JobBrief({ job }: { job: Job }) {
  const { t } = useWording()
  const percent = percentOf(job)
  return (
    <p className="job-brief">
      <StateShape shape="starting" size={12} />
      <span>{t(`jobs.step.${job.step}`)}</span>
      {percent !== null && <span className="job-amount">{t('jobs.percent', { percent })}</span>}
    </p>
  )
}
