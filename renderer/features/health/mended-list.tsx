import type { Mended } from '../../../shared/checks.ts'
import { describeMended } from '../../../shared/wording/describe-finding.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { Group } from '../../parts/group.tsx'
import { ProblemText } from '../../parts/problem-text.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { findingKey } from './sorted-findings.ts'

/** What the last mending did, and what it could not do. */
export function MendedList({ mended }: { mended: readonly Mended[] }) {
  const { language, t } = useWording()
  return (
    <Group title={t('checks.mend.done')}>
      <ul className="findings" aria-live="polite">
        {mended.map((one) => (
          <li className="finding" key={findingKey(one)}>
            <StateShape shape={one.problem ? 'attention' : 'running'} size={14} />
            <div className="finding-words">
              <p>
                <CodedText>{describeMended(language, one)}</CodedText>{' '}
                <span className="finding-level">
                  {t(one.problem ? 'checks.mend.failed' : 'checks.mend.mended')}
                </span>
              </p>
              {one.problem && <ProblemText problem={one.problem} />}
            </div>
          </li>
        ))}
      </ul>
    </Group>
  )
}
