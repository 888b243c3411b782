import { useId, useState } from 'react'
import type { Finding } from '../../../shared/checks.ts'
import { describeFinding } from '../../../shared/wording/describe-finding.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { Icon } from '../../parts/icon.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'

/** What was looked at and is well: a line, and on request each by its name. */
export function WellList({ findings }: { findings: readonly Finding[] }) {
  const { language, t } = useWording()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <section className="well">
      <button
        type="button"
        className="finding-more"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {t('checks.fineCount', { count: findings.length })}
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <ul className="well-list" id={id}>
          {findings.map((finding) => (
            <li key={finding.code}>
              <StateShape shape="running" size={10} />
              <span>
                <CodedText>{describeFinding(language, finding).title}</CodedText>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
