import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessageWatch } from '../../../../gateway/server/message-watch.ts'
import { isTooDeep, readFrame } from '../../../../gateway/server/read-frame.ts'
import { maskedFrame } from '../../../fixtures/masked-frame.ts'

interface Sent {
  readonly opcode: number
  readonly isFinal: boolean
  readonly length: number
}

const bytesOf = ({ opcode, isFinal, length }: Sent) =>
  maskedFrame(opcode, Buffer.alloc(length, 0xff), isFinal)

const message = fc.record({
  parts: fc.array(fc.constantFrom(0, 1, 125, 126, 300, 65_535, 65_536, 70_000), {
    minLength: 1,
    maxLength: 4,
  }),
  pings: fc.boolean(),
})

describe('the watch over messages', () => {
  it('knows after every byte whether a message is under way, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 4 }),
        fc.integer({ min: 1, max: 9_000 }),
        (messages, piece) => {
          const watch = createMessageWatch()
          for (const { parts, pings } of messages) {
            expect(watch.isUnfinished()).toBe(false)
            for (const [index, length] of parts.entries()) {
              const isFinal = index === parts.length - 1
              const frame = bytesOf({ opcode: index === 0 ? 1 : 0, isFinal, length })
              let isTrue = true
              for (let at = 0; at < frame.length; at += piece) {
                watch.feed(frame.subarray(at, at + piece))
                isTrue &&= watch.isUnfinished() === (!isFinal || at + piece < frame.length)
              }
              expect(isTrue).toBe(true)
              if (pings) watch.feed(bytesOf({ opcode: 9, isFinal: true, length: 5 }))
              expect(watch.isUnfinished()).toBe(!isFinal)
            }
            expect(watch.messageBytes()).toBe(parts.reduce<number>((sum, length) => sum + length, 0))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is not led astray by a length beyond all numbers', () => {
    const watch = createMessageWatch()
    watch.feed(Buffer.from([0x81, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]))
    expect(watch.isUnfinished()).toBe(true)
    expect(watch.messageBytes()).toBeGreaterThan(2 ** 53)
  })
})

describe('a frame', () => {
  it('is read where it is a request, and refused where it is anything else', () => {
    expect(readFrame('{"type":"req","id":"1","method":"health"}')).toEqual({
      ok: true,
      frame: { type: 'req', id: '1', method: 'health' },
    })
    for (const text of [
      '',
      'null',
      '[]',
      '{',
      '{"type":"req","id":"1","method":"health","seq":4}',
      '{"type":"event"}',
    ]) {
      expect(readFrame(text)).toEqual({ ok: false, reason: 'invalid request frame' })
    }
  })

  it('may be 64 deep, counted outside of strings', () => {
    const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`
    expect(isTooDeep(nested(64), 64)).toBe(false)
    expect(isTooDeep(nested(66), 64)).toBe(true)
    expect(isTooDeep(JSON.stringify({ text: '[{"\\'.repeat(500) }), 64)).toBe(false)
    expect(isTooDeep(`["\\"",${'['.repeat(64)}`, 64)).toBe(true)
    expect(isTooDeep(JSON.stringify(Array.from({ length: 1_000 }, () => [[]])), 64)).toBe(false)
    expect(readFrame(`{"type":"req","id":"1","method":"health","params":${nested(64)}}`)).toEqual({
      ok: false,
      reason: 'message too deep',
    })
  })

  it('of the greatest length is looked through in a few milliseconds', () => {
    const text = '['.repeat(20).padEnd(524_288, '[]')
    const beganAt = performance.now()
    isTooDeep(text, 64)
    expect(performance.now() - beganAt).toBeLessThan(100)
  })
})
