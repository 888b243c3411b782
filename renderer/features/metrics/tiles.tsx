import { Fragment } from 'react'
import { type MetricSample, thresholds } from '../../../shared/metrics.ts'
import { formatBytes, formatPercent } from '../../../shared/wording/format.ts'
import { StateShape } from '../../parts/state-shape.tsx'
import { useWording } from '../../wording.ts'
import { levelOf, type Metric } from './level.ts'
import { useMetrics } from './metrics-store.ts'
import { Sparkline } from './sparkline.tsx'
import './tiles.css'

const formats = { rssBytes: formatBytes, cpuPercent: formatPercent } as const

export function Tiles({ isRunning }: { isRunning: boolean }) {
  const { t } = useWording()
  const samples = useMetrics((store) => store.samples)
  return (
    <div className="tiles">
      <Tile metric="rssBytes" label={t('metrics.memory')} samples={samples} isRunning={isRunning} />
      <Tile metric="cpuPercent" label={t('metrics.cpu')} samples={samples} isRunning={isRunning} />
    </div>
  )
}

type TileProps = {
  metric: Metric
  label: string
  samples: readonly MetricSample[]
  isRunning: boolean
}

function Tile({ metric, label, samples, isRunning }: TileProps) {
  const { t } = useWording()
  const format = formats[metric]
  const value = isRunning ? (samples.at(-1)?.[metric] ?? null) : null
  const level = value === null ? 'normal' : levelOf(metric, value)
  const { normal, alarm } = thresholds[metric]
  return (
    <section className="tile" aria-label={label}>
      <h2>{label}</h2>
      <p className="tile-value" data-empty={value === null}>
        {value === null ? t('overview.none') : format(value)}
        {level !== 'normal' && (
          <span className="tile-level">
            <StateShape shape={level === 'alarm' ? 'failed' : 'attention'} />
            {t(`metrics.level.${level}`)}
          </span>
        )}
      </p>
      <p className="tile-limits">
        {inClauses(t('metrics.thresholds', { normal: format(normal), alarm: format(alarm) }))}
      </p>
      <Sparkline metric={metric} samples={samples} />
    </section>
  )
}

/** Breaks a line between clauses only, so that no figure is torn from its word. */
function inClauses(text: string) {
  return text.split(/(?<=[,，])/).map((clause) => (
    <Fragment key={clause}>
      {clause.startsWith(' ') ? ' ' : <wbr />}
      <span className="tile-clause">{clause.trim()}</span>
    </Fragment>
  ))
}
