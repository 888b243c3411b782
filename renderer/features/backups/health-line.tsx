import type { BackupsView } from '../../../shared/backups.ts'
import { formatAgo, formatClock, formatDayAndTime, formatMoment } from '../../../shared/wording/format.ts'
import { useQuarterMinute } from '../../clock.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { JobBrief } from '../jobs/job-brief.tsx'
import { useJobs } from '../jobs/jobs-store.ts'
import { backupHealth } from './backup-health.ts'
import { useBackups } from './backups-store.ts'
import { folderFieldId } from './schedule-settings.tsx'

/** Is it well? The last backup, the next one, what is wrong, and the button that helps. */
export function HealthLine({ view }: { view: BackupsView }) {
  const { language, t } = useWording()
  const { backups } = useCommands()
  const now = useQuarterMinute()
  const job = useJobs((store) =>
    store.view?.jobs.find(({ kind, state }) => kind === 'backup.create' && state === 'running'),
  )
  const isBusy = useJobs((store) => store.view?.jobs.some(({ state }) => state === 'running') ?? false)
  const isAsked = useBackups((store) => store.asked.has('create'))
  const refusal = useBackups((store) => store.refusals.create)
  const { name, shape, problem, newest } = backupHealth(view)
  const { overdueSince, nextAt } = view.schedule
  const ago = newest ? formatAgo(language, newest.createdAt, now) : ''
  return (
    <section className="health" aria-labelledby="health">
      <StateShape shape={shape} size={18} />
      <h2 id="health" title={newest ? formatMoment(language, newest.createdAt) : undefined}>
        {t(`backups.health.${name}`, { ago })}
      </h2>
      <div className="health-words">
        {problem && <ProblemText problem={problem} />}
        {name === 'none' && <p>{t('backups.health.noneWhy')}</p>}
        {name === 'byHand' && <p>{t('backups.health.byHandWhy')}</p>}
        {name === 'overdue' && overdueSince !== null && (
          <p>{t('backups.health.overdueWhy', { at: formatDayAndTime(language, overdueSince) })}</p>
        )}
        <Facts
          facts={[
            newest && name !== 'well' && name !== 'byHand'
              ? t('backups.last', { at: formatDayAndTime(language, newest.createdAt) })
              : null,
            newest && name === 'well'
              ? t(newest.verifiedAt === null ? 'backups.unverified' : 'backups.verified')
              : null,
            nextAt === null ? null : t('backups.next', { at: formatClock(language, nextAt, now) }),
          ]}
        />
      </div>
      <div className="health-acts">
        <Button kind="primary" busy={isAsked || isBusy} onPress={() => void backups.create()}>
          {t('backups.now')}
        </Button>
        {name === 'folder' && (
          <>
            <Button onPress={() => void backups.look()}>{t('backups.lookAgain')}</Button>
            <Button onPress={() => document.getElementById(folderFieldId)?.focus()}>
              {t('backups.changeFolder')}
            </Button>
          </>
        )}
      </div>
      {job && (
        <div className="health-more">
          <JobBrief job={job} />
        </div>
      )}
      {refusal && (
        <div className="health-more">
          <InlineProblem problem={refusal} />
        </div>
      )}
    </section>
  )
}

/** Short facts in a line, with a dot between two. */
function Facts({ facts }: { facts: readonly (string | null)[] }) {
  const said = facts.filter((fact) => fact !== null)
  if (said.length === 0) return null
  return (
    <ul className="health-facts">
      {said.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}
