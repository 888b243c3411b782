import { useEffect, useState } from 'react'
import type { Finding } from '../../../shared/checks.ts'
import { useCommands } from '../../commands.ts'
import { focusOn } from '../../parts/focus-on.ts'
import { Group } from '../../parts/group.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useWording } from '../../wording.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { useSession } from '../session/session-store.ts'
import type { CheckKind } from './check-commands.ts'
import { useChecks } from './checks-store.ts'
import { FindingRow } from './finding-row.tsx'
import { MendPanel } from './mend-panel.tsx'
import { MendedList } from './mended-list.tsx'
import { mendButtonId, ReportAnswer } from './report-answer.tsx'
import { findingKey, sortFindings } from './sorted-findings.ts'
import { WellList } from './well-list.tsx'
import '../../parts/page.css'
import './health.css'

const kinds = ['doctor', 'audit'] as const

/** What keeps the gateway from running well, and who else could use it: the answer first, then the worst. */
export function HealthPage() {
  const { t } = useWording()
  const { checks } = useCommands()
  const connection = useSession((store) => store.connection)
  const view = useChecks((store) => store.view)
  const [kind, setKind] = useState<CheckKind>('doctor')
  const [isMending, setMending] = useState(false)
  const isAsked = useChecks(({ asked }) => asked.has(kind) || asked.has('mend'))
  const isConnected = connection.name === 'connected'
  const report = view?.[kind] ?? null
  const isNew = view !== null && report === null
  useEffect(() => {
    // Whoever comes here for the first time wants to know, and looking changes nothing.
    if (isConnected && isNew) void checks.check(kind)
  }, [isConnected, isNew, kind, checks])
  if (!view) return null
  const sorted = report && sortFindings(report)
  const isRunning = view.isRunning || isAsked
  const closeMending = () => {
    setMending(false)
    focusOn(mendButtonId)
    useChecks.getState().forgetRefusal('mend')
  }
  return (
    <div className="page checks">
      <div className="checks-head">
        <h1>{t('page.health')}</h1>
        <div>
          <span className="unseen" id="check-kind-label">
            {t('checks.kindLabel')}
          </span>
          <span className="unseen" id="check-kind-hint">
            {t(`checks.kindHint.${kind}`)}
          </span>
          <Segments
            id="check-kind"
            choices={kinds.map((value) => ({ value, label: t(`checks.kind.${value}`) }))}
            chosen={kind}
            onChoose={(chosen) => {
              setKind(chosen)
              setMending(false)
            }}
          />
        </div>
      </div>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      <fieldset className="page-acts" disabled={!isConnected}>
        <ReportAnswer
          kind={kind}
          report={report}
          isRunning={isRunning}
          isMending={isMending}
          onMend={() => (isMending ? closeMending() : setMending(true))}
        />
        {sorted && isMending && <MendPanel kind={kind} mendable={sorted.mendable} onClose={closeMending} />}
        {report && report.mended.length > 0 && <MendedList mended={report.mended} />}
        {sorted && sorted.trouble.length > 0 && (
          <Findings title={t('checks.trouble')} findings={sorted.trouble} />
        )}
        {sorted && sorted.notes.length > 0 && <Findings title={t('checks.notes')} findings={sorted.notes} />}
        {sorted && sorted.well.length > 0 && <WellList findings={sorted.well} />}
      </fieldset>
    </div>
  )
}

function Findings({ title, findings }: { title: string; findings: readonly Finding[] }) {
  return (
    <Group title={title}>
      <ul className="findings">
        {findings.map((finding) => (
          <FindingRow key={findingKey(finding)} finding={finding} />
        ))}
      </ul>
    </Group>
  )
}
