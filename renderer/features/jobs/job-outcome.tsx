import type { Job } from '../../../shared/jobs.ts'
import type { Shape } from '../../../shared/state-shape.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'

const shapeOf: Record<'done' | 'failed' | 'cancelled', Shape> = {
  done: 'running',
  failed: 'failed',
  cancelled: 'stopped',
}

/** How a job ended. */
export function JobOutcome({ job }: { job: Job }) {
  const { t } = useWording()
  if (job.state === 'running') return null
  return (
    <div className="job-outcome">
      <StateShape shape={shapeOf[job.state]} size={12} />
      <div>
        <p className="job-title">{t(`jobs.${job.state}.${job.kind}`)}</p>
        {job.problem && <ProblemText problem={job.problem} />}
        <Result job={job} />
      </div>
    </div>
  )
}

function Result({ job: { result } }: { job: Job }) {
  const { t } = useWording()
  if (result?.kind === 'backup.create') {
    const { fileBytes, files, verified, skipped } = result
    return (
      <>
        <p className="why">{t('jobs.made', { size: formatBytes(fileBytes), files })}</p>
        {!verified && <p className="remedy">{t('jobs.unverified')}</p>}
        {skipped.length > 0 && <p className="remedy">{t('jobs.skipped', { count: skipped.length })}</p>}
      </>
    )
  }
  if (result?.kind === 'app.download') return <a href="#/updates">{t('jobs.see')}</a>
  if (result?.kind === 'backup.inspect') return <a href="#/backups">{t('jobs.see')}</a>
  if (result?.kind === 'backup.restore') {
    return (
      <p className="why">
        <CodedText>{t('jobs.keptAt', { path: result.keptAt })}</CodedText>
      </p>
    )
  }
  return null
}
