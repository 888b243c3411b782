import type { Rectangle } from 'electron'
import { z } from 'zod'

export const windowPlaceSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  isMaximized: z.boolean(),
})

/** Where the window was, in the desktop's own units; the size is that of the window not maximised. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>

export const smallest = { width: 360, height: 420 } as const
const usual = { width: 1_080, height: 760 } as const
/** Of a window's upper edge, so much must show: enough to take hold of it. */
const grip = { width: 96, height: 32 } as const

type Opening = { width: number; height: number; x?: number; y?: number }

/**
 * Where to open the window: as remembered, moved and shrunk into the display that shows most of it. Without
 * a position where nothing of it could be taken hold of, because that display is gone.
 */
export function fitInto(displays: readonly Rectangle[], place: WindowPlace | null): Opening {
  const [first] = displays
  if (!place) return first ? shrink(usual, first) : { ...usual }
  const home = displays.reduce<Rectangle | null>(
    (best, area) => (best && overlap(best, place) >= overlap(area, place) ? best : area),
    null,
  )
  if (!home) return { width: place.width, height: place.height }
  const { width, height } = shrink(place, home)
  if (!isReachable(home, place)) return { width, height }
  return {
    width,
    height,
    x: clamp(place.x, home.x, home.x + home.width - width),
    y: clamp(place.y, home.y, home.y + home.height - height),
  }
}

function shrink(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: clamp(size.width, Math.min(smallest.width, area.width), area.width),
    height: clamp(size.height, Math.min(smallest.height, area.height), area.height),
  }
}

function isReachable(area: Rectangle, place: WindowPlace): boolean {
  const upperEdge = { ...place, height: grip.height }
  const { width, height } = common(area, upperEdge)
  return width >= grip.width && height > 0
}

function overlap(area: Rectangle, place: WindowPlace): number {
  const { width, height } = common(area, place)
  return width * height
}

function common(a: Rectangle, b: Rectangle): { width: number; height: number } {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return { width: Math.max(0, width), height: Math.max(0, height) }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
