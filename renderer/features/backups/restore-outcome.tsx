import type { Job } from '../../../shared/jobs.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'

/** What came of a restore, and where the state from before lies. */
export function RestoreOutcome({ job: { state, problem, result } }: { job: Job }) {
  const { t } = useWording()
  if (state === 'cancelled') return <p>{t('backups.outcome.cancelled')}</p>
  if (problem) {
    return (
      <div className="outcome">
        <StateShape shape="failed" size={14} />
        <div>
          <p className="outcome-what">{t('backups.outcome.failed')}</p>
          <ProblemText problem={problem} />
        </div>
      </div>
    )
  }
  if (result?.kind !== 'backup.restore') return null
  const { healthy, keptAt, secretsSet } = result
  return (
    <div className="outcome">
      <StateShape shape="running" size={14} />
      <div>
        <p className="outcome-what">{t('backups.outcome.done')}</p>
        <p>{t(healthy ? 'backups.outcome.healthy' : 'backups.outcome.stopped')}</p>
        <p className="why">
          <CodedText>{t('backups.outcome.kept', { path: keptAt })}</CodedText>
        </p>
        {secretsSet.length > 0 && (
          <p>
            <CodedText>
              {t('backups.outcome.secrets', { names: secretsSet.map((name) => `\`${name}\``).join(', ') })}
            </CodedText>
          </p>
        )}
      </div>
    </div>
  )
}
