import { useId, useState } from 'react'
import type { Finding } from '../../../shared/checks.ts'
import { describeFinding } from '../../../shared/wording/describe-finding.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { Icon } from '../../parts/icon.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { shapeOfLevel } from './sorted-findings.ts'

/** One finding: what it is and what to do; what shows it is one click away. */
export function FindingRow({ finding }: { finding: Finding }) {
  const { language, t } = useWording()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { title, detail, remedy } = describeFinding(language, finding)
  const { level, code, evidence } = finding
  return (
    <li className="finding" data-level={level}>
      <StateShape shape={shapeOfLevel[level]} size={14} />
      <div className="finding-words">
        <h3>
          <CodedText>{title}</CodedText> <span className="finding-level">{t(`checks.level.${level}`)}</span>
        </h3>
        <p>
          <CodedText>{detail}</CodedText>
        </p>
        <p className="remedy">
          <CodedText>{remedy}</CodedText>
        </p>
        <button
          type="button"
          className="finding-more"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {t('checks.evidence')}
          <span className="unseen">
            {' '}
            <CodedText>{title}</CodedText>
          </span>
          <Icon name="chevron" />
        </button>
        {isOpen && (
          <div className="finding-evidence" id={id}>
            {evidence.length > 0 && (
              <ul>
                {evidence.map((line) => (
                  <li key={line}>
                    <code>{line}</code>
                  </li>
                ))}
              </ul>
            )}
            <dl>
              {Object.entries(finding.facts).map(([name, value]) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>
                    <code>{value}</code>
                  </dd>
                </div>
              ))}
              <div>
                <dt>{t('checks.code')}</dt>
                <dd>
                  <code>{code}</code>
                </dd>
              </div>
            </dl>
          </div>
        )}
      </div>
    </li>
  )
}
