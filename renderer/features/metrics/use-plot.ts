import { type RefObject, useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { historyMs } from '../../../shared/metrics.ts'
import { useWording } from '../../wording.ts'
import type { ChartData } from './chart-data.ts'
import { chartColors, chartOptions } from './chart-look.ts'
import type { ChartMark } from './chart-marks.ts'

const height = 208

/** Keeps a uPlot drawing in `frame`: anew for each theme and width, else only its data changes. */
export function usePlot(
  frame: RefObject<HTMLDivElement | null>,
  shown: { data: ChartData; marks: readonly ChartMark[]; now: number },
  onCursor: (index: number | null) => void,
): void {
  const { t } = useWording()
  const latest = useRef(shown)
  latest.current = shown
  const cursor = useRef(onCursor)
  cursor.current = onCursor
  const plot = useRef<uPlot | null>(null)

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const draw = () => {
      plot.current?.destroy()
      const options = chartOptions({
        width: element.clientWidth,
        height,
        colors: chartColors(element),
        font: `11px ${getComputedStyle(element).fontFamily}`,
        t,
        marks: () => latest.current.marks,
        window: () => ({ from: latest.current.now - historyMs, to: latest.current.now }),
        onCursor: (index) => cursor.current(index),
      })
      plot.current = new uPlot(options, latest.current.data, element)
    }
    draw()
    let width = element.clientWidth
    const resized = new ResizeObserver(() => {
      if (element.clientWidth === width) return
      width = element.clientWidth
      draw()
    })
    resized.observe(element)
    const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
      matchMedia(query),
    )
    for (const query of queries) query.addEventListener('change', draw)
    const themed = new MutationObserver(draw)
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      themed.disconnect()
      resized.disconnect()
      for (const query of queries) query.removeEventListener('change', draw)
      plot.current?.destroy()
      plot.current = null
    }
  }, [frame, t])

  useEffect(() => {
    plot.current?.setData(shown.data)
  }, [shown])
}
