import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { icns, icnsPixels } from '../../../../build/icons/icns.ts'
import { root } from '../../../../build/prepare/root.mjs'
import { readPng } from '../../../fixtures/read-png.ts'

const file = readFileSync(join(root, 'assets/icons/package/mac/moltbot.icns'))

function partsOf(bytes: Buffer): { type: string; content: Buffer }[] {
  const parts = []
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at + 4)) {
    const content = bytes.subarray(at + 8, at + bytes.readUInt32BE(at + 4))
    parts.push({ type: bytes.toString('latin1', at, at + 4), content })
  }
  return parts
}

describe('the icon for macOS', () => {
  it('says what it is and how long it is', () => {
    expect(file.toString('latin1', 0, 4)).toBe('icns')
    expect(file.readUInt32BE(4)).toBe(file.length)
  })

  it('has each drawing in the size that its name stands for, with Apple’s margin', () => {
    const sizes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }
    const parts = partsOf(file)
    expect(parts.map(({ type }) => type)).toEqual(Object.keys(sizes))
    for (const { type, content } of parts) {
      const { width, rgba } = readPng(content)
      expect(width).toBe(sizes[type as keyof typeof sizes])
      const alphaAt = (x: number, y: number) => rgba[y * width + x]?.[3] ?? 0
      const middle = Math.floor(width / 2)
      expect(alphaAt(middle, Math.floor(width * 0.04))).toBe(0)
      expect(alphaAt(middle, Math.floor(width * 0.2))).toBe(255)
    }
  })

  it('is not made with a drawing missing', () => {
    const drawings = new Map(
      icnsPixels.filter((pixels) => pixels !== 64).map((pixels) => [pixels, Buffer.alloc(1)]),
    )
    expect(() => icns(drawings)).toThrow('64 pixels')
  })
})
