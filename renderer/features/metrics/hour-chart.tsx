import { useMemo, useRef, useState } from 'react'
import { historyMs, type MetricSample } from '../../../shared/metrics.ts'
import { formatBytes, formatClock, formatPercent } from '../../../shared/wording/format.ts'
import { useQuarterMinute } from '../../clock.ts'
import { useWording } from '../../wording.ts'
import { chartData, rangeOf } from './chart-data.ts'
import type { ChartMark } from './chart-marks.ts'
import { useMetrics } from './metrics-store.ts'
import { usePlot } from './use-plot.ts'
import 'uplot/dist/uPlot.min.css'
import './hour-chart.css'

/** Memory and CPU of the last hour with their limits, starts and unplanned ends. */
export function HourChart({ marks }: { marks: readonly ChartMark[] }) {
  const { t } = useWording()
  const samples = useMetrics((store) => store.samples)
  const isDrawable = samples.filter(({ rssBytes }) => rssBytes !== null).length >= 2
  return (
    <section className="hour" aria-labelledby="hour">
      <h2 id="hour">{t('metrics.lastHour')}</h2>
      {isDrawable ? <Plot samples={samples} marks={marks} /> : <p className="empty">{t('metrics.empty')}</p>}
    </section>
  )
}

function Plot({ samples, marks }: { samples: readonly MetricSample[]; marks: readonly ChartMark[] }) {
  const { language, t } = useWording()
  const tick = useQuarterMinute()
  const now = Math.max(tick, samples.at(-1)?.at ?? 0)
  const shown = useMemo(() => ({ data: chartData(samples, now), marks, now }), [samples, marks, now])
  const [index, setIndex] = useState<number | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  usePlot(frame, shown, setIndex)

  const [xs, memory, cpu] = shown.data
  const at = index === null ? undefined : xs[index]
  const pointed = index === null || at === undefined ? null : { at, memory: memory[index], cpu: cpu[index] }
  return (
    <>
      <div className="hour-legend">
        <span className="hour-key" data-series="memory">
          {t('metrics.memory')} {pointed?.memory != null && <b>{formatBytes(pointed.memory)}</b>}
        </span>
        <span className="hour-key" data-series="cpu">
          {t('metrics.cpu')} {pointed?.cpu != null && <b>{formatPercent(pointed.cpu)}</b>}
        </span>
        {pointed && <span className="hour-at">{formatClock(language, pointed.at * 1000, now)}</span>}
        {marks.length > 0 && <MarkKeys marks={marks} />}
      </div>
      <div className="hour-plot" ref={frame} role="img" aria-label={summary()} />
    </>
  )

  function summary(): string {
    const m = rangeOf(memory)
    const c = rangeOf(cpu)
    if (!m || !c) return t('metrics.empty')
    const starts = marks.filter(({ kind, at }) => kind === 'started' && at > now - historyMs).length
    return `${t('metrics.summary', {
      memoryLow: formatBytes(m.low),
      memoryHigh: formatBytes(m.high),
      cpuLow: formatPercent(c.low),
      cpuHigh: formatPercent(c.high),
    })} ${t('metrics.summaryStarts', { count: starts })}`
  }
}

function MarkKeys({ marks }: { marks: readonly ChartMark[] }) {
  const { t } = useWording()
  return (
    <span className="hour-marks">
      {marks.some(({ kind }) => kind === 'started') && (
        <span className="hour-mark">
          <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
            <path d="M4 .8 7.6 7.2H.4z" fill="currentColor" />
          </svg>
          {t('metrics.started')}
        </span>
      )}
      {marks.some(({ kind }) => kind === 'ended') && (
        <span className="hour-mark">
          <svg className="bad" width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
            <path d="m1 1 6 6m0-6-6 6" stroke="currentColor" strokeWidth="1.75" />
          </svg>
          {t('metrics.ended')}
        </span>
      )}
    </span>
  )
}
