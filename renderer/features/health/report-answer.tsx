import type { ChecksReport } from '../../../shared/checks.ts'
import { formatAgo, formatMoment, formatTook } from '../../../shared/wording/format.ts'
import { useQuarterMinute } from '../../clock.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { InlineProblem } from '../../parts/inline-problem.tsx'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import type { CheckKind } from './check-commands.ts'
import { useChecks } from './checks-store.ts'
import { shapeOfReport, sortFindings } from './sorted-findings.ts'

export const mendButtonId = 'health-mend'

type ReportAnswerProps = {
  kind: CheckKind
  report: ChecksReport | null
  isRunning: boolean
  isMending: boolean
  onMend(): void
}

/** Is it well? In one line, since when that is known, and what can be done about it. */
export function ReportAnswer({ kind, report, isRunning, isMending, onMend }: ReportAnswerProps) {
  const { t } = useWording()
  const { checks } = useCommands()
  const refusal = useChecks((store) => store.refusals[kind])
  const sorted = report && sortFindings(report)
  const count = sorted?.trouble.length ?? 0
  const mendable = sorted?.mendable.length ?? 0
  // What is only a note may stay as it is.
  const helps = sorted?.trouble.some(({ fix }) => fix === 'automatic') ?? false
  return (
    <section className="check-answer" aria-labelledby="check-answer">
      <StateShape shape={shapeOfReport(report)} size={18} />
      <div aria-live="polite">
        <h2 id="check-answer">
          {!report ? t('checks.notYet') : count > 0 ? t('checks.needs', { count }) : t(`checks.well.${kind}`)}
        </h2>
        <p className="quiet">
          {report ? <When report={report} /> : t('checks.notYetWhy')}
          {isRunning && <span className="check-running">{t('checks.running')}</span>}
        </p>
      </div>
      <div className="check-acts">
        {mendable > 0 && (
          <Button
            id={mendButtonId}
            kind={helps ? 'primary' : 'plain'}
            busy={isRunning}
            expanded={isMending}
            onPress={onMend}
          >
            {t('checks.mend.open', { count: mendable })}
          </Button>
        )}
        <Button busy={isRunning} onPress={() => void checks.check(kind)}>
          {t(report ? 'checks.again' : 'checks.first')}
        </Button>
      </div>
      {refusal && (
        <div className="check-refusal">
          <InlineProblem problem={refusal} />
        </div>
      )}
    </section>
  )
}

function When({ report: { at, durationMs } }: { report: ChecksReport }) {
  const { language, t } = useWording()
  const now = useQuarterMinute()
  const facts = { ago: formatAgo(language, at, now), took: formatTook(language, durationMs) }
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(language, at)}>
      {t('checks.checkedAt', facts)}
    </time>
  )
}
