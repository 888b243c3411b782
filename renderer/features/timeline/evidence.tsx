import type { TimelineEntry } from '../../../shared/timeline.ts'
import type { DescribedEntry } from '../../../shared/wording/describe-timeline.ts'
import { formatMoment } from '../../../shared/wording/format.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { useWording } from '../../wording.ts'

type EvidenceProps = { id: string; entry: TimelineEntry; described: DescribedEntry }

/** What proves an entry, and what to do about it. */
export function Evidence({ id, entry, described }: EvidenceProps) {
  const { language, t } = useWording()
  return (
    <div className="evidence" id={id}>
      {described.problem && (
        <p className="remedy">
          <CodedText>{described.problem.remedy}</CodedText>
        </p>
      )}
      <dl>
        <dt>{t('timeline.at')}</dt>
        <dd>{formatMoment(language, entry.at)}</dd>
        {described.facts.map(({ key, label, value }) => (
          <Fact key={key} label={label} value={value} />
        ))}
        {entry.problem && <Fact label={t('overview.code')} value={entry.problem.code} />}
        <dt>{t('timeline.entry')}</dt>
        <dd>{entry.seq}</dd>
      </dl>
    </div>
  )
}

function Fact({ label, value }: { label: string; value: string | readonly string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {typeof value === 'string' ? (
          <code>{value}</code>
        ) : value.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          <pre tabIndex={0}>{value.join('\n')}</pre>
        ) : (
          '–'
        )}
      </dd>
    </>
  )
}
