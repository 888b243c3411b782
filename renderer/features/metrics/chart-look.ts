import type uPlot from 'uplot'
import { thresholds } from '../../../shared/metrics.ts'
import { formatBytes, formatPercent } from '../../../shared/wording/format.ts'
import type { Texts } from '../../../shared/wording/texts.ts'
import type { ChartMark } from './chart-marks.ts'
import { type Metric, scaleTop } from './level.ts'

const mib = 1024 * 1024
const steps: Record<Metric, number[]> = {
  rssBytes: [50, 100, 250, 500, 1024, 2048, 4096].map((value) => value * mib),
  cpuPercent: [5, 10, 20, 50, 100, 200, 500],
}
const formats = { rssBytes: formatBytes, cpuPercent: formatPercent } as const
const metricAxisSize = 52
const twoDigits = (value: number) => String(value).padStart(2, '0')

export type ChartColors = Record<'text' | 'line' | 'strong' | 'accent' | 'fill' | 'cpu' | 'bad', string>

/** A canvas knows no custom properties, so they are read for it, again after each change of theme. */
export function chartColors(element: Element): ChartColors {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    text: read('--text-quiet'),
    line: read('--line'),
    strong: read('--line-strong'),
    accent: read('--accent'),
    fill: read('--accent-wash'),
    cpu: read('--series-second'),
    bad: read('--bad'),
  }
}

export function chartOptions(look: {
  width: number
  height: number
  colors: ChartColors
  font: string
  t: Texts
  marks(): readonly ChartMark[]
  window(): { from: number; to: number }
  onCursor(index: number | null): void
}): uPlot.Options {
  const { colors, font } = look
  const axis = (scale: Metric, side: 1 | 3): uPlot.Axis => ({
    scale,
    side,
    font,
    stroke: colors.text,
    size: metricAxisSize,
    gap: 8,
    incrs: steps[scale],
    space: 36,
    grid: { show: scale === 'rssBytes', stroke: colors.line, width: 1 },
    ticks: { show: false },
    values: (_plot, values) => values.map(formats[scale]),
  })
  const scale = (metric: Metric): uPlot.Scale => ({
    range: (_plot, _low, high) => [0, scaleTop(metric, high ?? 0)],
  })
  return {
    width: look.width,
    height: look.height,
    legend: { show: false },
    padding: [8, 0, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: true, range: () => [look.window().from / 1000, look.window().to / 1000] },
      rssBytes: scale('rssBytes'),
      cpuPercent: scale('cpuPercent'),
    },
    axes: [
      {
        font,
        stroke: colors.text,
        grid: { show: false },
        ticks: { show: false },
        space: 72,
        size: 24,
        values: (_plot, values) =>
          values.map((value) => {
            const time = new Date(value * 1000)
            return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`
          }),
      },
      axis('rssBytes', 3),
      axis('cpuPercent', 1),
    ],
    series: [
      {},
      {
        scale: 'rssBytes',
        stroke: colors.accent,
        width: 1.5,
        fill: colors.fill,
        points: { show: false },
        spanGaps: false,
      },
      {
        scale: 'cpuPercent',
        stroke: colors.cpu,
        width: 1.25,
        points: { show: false },
        spanGaps: false,
      },
    ],
    hooks: {
      draw: [(plot) => drawLimits(plot, look), (plot) => drawMarks(plot, look.marks(), colors)],
      setCursor: [(plot) => look.onCursor(plot.cursor.idx ?? null)],
    },
  }
}

type LimitLook = { colors: ChartColors; font: string; t: Texts }

function drawLimits(plot: uPlot, { colors, font, t }: LimitLook): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  ctx.save()
  ctx.font = font.replace(/(\d+)px/, (_all, size) => `${Number(size) * ratio}px`)
  ctx.lineWidth = ratio
  ctx.textBaseline = 'bottom'
  const limits = [
    ['rssBytes', 'normal', t('metrics.normalLine'), t('metrics.memory')],
    ['rssBytes', 'alarm', t('metrics.alarmLine'), t('metrics.memory')],
    ['cpuPercent', 'normal', t('metrics.normalLine'), t('metrics.cpu')],
    ['cpuPercent', 'alarm', t('metrics.alarmLine'), t('metrics.cpu')],
  ] as const
  for (const [metric, limit, word, name] of limits) {
    const value = thresholds[metric][limit]
    if (value > (plot.scales[metric]?.max ?? 0)) continue
    const y = Math.round(plot.valToPos(value, metric, true)) + 0.5
    const isLeft = metric === 'rssBytes'
    const own = isLeft ? colors.accent : colors.text
    ctx.strokeStyle = ctx.fillStyle = limit === 'alarm' ? colors.bad : own
    ctx.setLineDash([4 * ratio, 4 * ratio])
    ctx.globalAlpha = 0.6
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.globalAlpha = 1
    ctx.textAlign = isLeft ? 'left' : 'right'
    const x = isLeft ? bbox.left + 4 * ratio : bbox.left + bbox.width - 4 * ratio
    ctx.fillText(`${name} · ${word}`, x, y - 2 * ratio)
  }
  ctx.restore()
}

function drawMarks(plot: uPlot, marks: readonly ChartMark[], colors: ChartColors): void {
  const { ctx, bbox } = plot
  const ratio = devicePixelRatio
  const bottom = bbox.top + bbox.height
  const arm = 3.5 * ratio
  ctx.save()
  ctx.lineWidth = ratio
  for (const { at, kind } of marks) {
    const x = Math.round(plot.valToPos(at / 1000, 'x', true)) + 0.5
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.strokeStyle = ctx.fillStyle = kind === 'ended' ? colors.bad : colors.text
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bottom)
    ctx.globalAlpha = 0.35
    ctx.stroke()
    ctx.globalAlpha = 1
    ctx.beginPath()
    if (kind === 'ended') {
      const y = bbox.top + arm + ratio
      ctx.lineWidth = 1.75 * ratio
      ctx.moveTo(x - arm, y - arm)
      ctx.lineTo(x + arm, y + arm)
      ctx.moveTo(x + arm, y - arm)
      ctx.lineTo(x - arm, y + arm)
      ctx.stroke()
      ctx.lineWidth = ratio
    } else {
      ctx.moveTo(x - arm, bottom)
      ctx.lineTo(x + arm, bottom)
      ctx.lineTo(x, bottom - 1.7 * arm)
      ctx.fill()
    }
  }
  ctx.restore()
}
