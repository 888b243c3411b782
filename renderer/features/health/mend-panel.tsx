import type { Finding } from '../../../shared/checks.ts'
import { describeMended } from '../../../shared/wording/describe-finding.ts'
import { useCommands } from '../../commands.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { useWording } from '../../wording.ts'
import type { CheckKind } from './check-commands.ts'
import { useChecks } from './checks-store.ts'
import { findingKey } from './sorted-findings.ts'

type MendPanelProps = { kind: CheckKind; mendable: readonly Finding[]; onClose(): void }

/** What would be done, each in a line, before any of it is. */
export function MendPanel({ kind, mendable, onClose }: MendPanelProps) {
  const { language, t } = useWording()
  const { checks } = useCommands()
  const isAsked = useChecks((store) => store.asked.has('mend'))
  const refusal = useChecks((store) => store.refusals.mend)
  const mend = async () => {
    if (await checks.mend(kind)) onClose()
  }
  return (
    <section className="mend" aria-labelledby="mend-title">
      <h2 id="mend-title">{t('checks.mend.title')}</h2>
      <Confirm
        act={t(isAsked ? 'checks.mend.running' : 'checks.mend.act')}
        cancel={t('checks.mend.cancel')}
        kind="primary"
        busy={isAsked}
        onAct={() => void mend()}
        onClose={onClose}
      >
        <ul className="mend-list">
          {mendable.map((finding) => (
            <li key={findingKey(finding)}>
              <CodedText>{describeMended(language, finding)}</CodedText>
            </li>
          ))}
        </ul>
        <p className="quiet">{t('checks.mend.hint')}</p>
      </Confirm>
      {refusal && <InlineProblem problem={refusal} />}
    </section>
  )
}
