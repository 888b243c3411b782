import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitInto, smallest, type WindowPlace } from '../../../../electron/window/window-place.ts'

const laptop = { x: 0, y: 25, width: 1_440, height: 875 }
const screen = { x: 1_440, y: 0, width: 2_560, height: 1_440 }
const place = (x: number, y: number, width = 1_000, height = 700): WindowPlace => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
})

describe('where the window opens', () => {
  it('is where it was, on either display', () => {
    expect(fitInto([laptop, screen], place(100, 80))).toEqual({ x: 100, y: 80, width: 1_000, height: 700 })
    expect(fitInto([laptop, screen], place(2_000, 300))).toEqual({
      x: 2_000,
      y: 300,
      width: 1_000,
      height: 700,
    })
  })

  it.each([
    ['moved in where it stuck out', place(1_000, 500), { x: 440, y: 200, width: 1_000, height: 700 }],
    ['shrunk to the display', place(0, 25, 5_000, 4_000), { x: 0, y: 25, width: 1_440, height: 875 }],
    ['large enough to use', place(10, 30, 5, 5), { ...smallest }],
    ['left to the desktop where its display is gone', place(2_000, 300), { width: 1_000, height: 700 }],
    ['left to the desktop where its title lay outside', place(100, -300), { width: 1_000, height: 700 }],
  ])('%s', (_name, remembered, opening) => {
    expect(fitInto([laptop], remembered)).toEqual(opening)
  })

  it('is usual at first, and fits a small display', () => {
    expect(fitInto([laptop], null)).toEqual({ width: 1_080, height: 760 })
    expect(fitInto([{ x: 0, y: 0, width: 640, height: 400 }], null)).toEqual({ width: 640, height: 400 })
  })

  it('lies inside a display, or is left to the desktop, whatever was remembered', () => {
    const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 })
    const size = fc.integer({ min: 1, max: 2 ** 31 })
    fc.assert(
      fc.property(whole, whole, size, size, (x, y, width, height) => {
        const found = fitInto([laptop, screen], place(x, y, width, height))
        expect(found.width).toBeGreaterThanOrEqual(smallest.width)
        expect(found.height).toBeGreaterThanOrEqual(smallest.height)
        if (found.x === undefined || found.y === undefined) return
        const { x: left, y: top } = found
        const isInside = [laptop, screen].some(
          (area) =>
            left >= area.x &&
            top >= area.y &&
            left + found.width <= area.x + area.width &&
            top + found.height <= area.y + area.height,
        )
        expect(isInside).toBe(true)
      }),
    )
  })
})
