import { describe, expect, it } from 'vitest'
import { addressGroup } from '../../../../gateway/server/address-group.ts'
import { createGate } from '../../../../gateway/server/gate.ts'
import { createGuessLimit } from '../../../../gateway/server/guess-limit.ts'

const from = '203.0.113.7'

describe('the gate', () => {
  it('lets in who knows the secret, in either field, and nobody else', () => {
    for (const mode of ['token', 'password'] as const) {
      const gate = createGate(mode, 'right', createGuessLimit())
      expect(gate.judge({ [mode]: 'right' }, from)).toEqual({ ok: true })
      expect(gate.judge({ token: 'right' }, from)).toEqual({ ok: true })
      expect(gate.judge({ token: 'other', password: 'right' }, from)).toEqual({ ok: true })
      expect(gate.isSecret('right', from)).toBe(true)
      for (const auth of [undefined, {}, { token: '' }, { token: '', password: '' }]) {
        expect(gate.judge(auth, from)).toMatchObject({ ok: false, reason: `${mode}_missing` })
      }
      for (const auth of [
        { token: 'Right' },
        { password: 'right ' },
        { token: 'wrong', password: 'wrong' },
      ]) {
        expect(gate.judge(auth, from)).toMatchObject({ ok: false, reason: `${mode}_mismatch` })
      }
      expect(gate.isSecret('', from)).toBe(false)
    }
  })

  it('says after ten wrong ones how long they will be too many, and still lets the right one in at once', () => {
    let now = 1_000
    const gate = createGate(
      'token',
      'right',
      createGuessLimit(() => now),
    )
    for (let count = 0; count < 10; count += 1) {
      expect(gate.judge({ token: `guess ${count}` }, from)).toMatchObject({ reason: 'token_mismatch' })
      now += 1_000
    }
    expect(gate.judge({ token: 'guess' }, from)).toMatchObject({ reason: 'rate_limited', waitMs: 50_000 })
    expect(gate.judge({ token: 'right' }, from)).toEqual({ ok: true })
    expect(gate.judge({ token: 'guess' }, '203.0.113.8')).toMatchObject({ reason: 'token_mismatch' })
    expect(gate.judge({}, from)).toMatchObject({ reason: 'token_missing' }) // no guess
    now += 50_000
    expect(gate.judge({ token: 'guess' }, from)).toMatchObject({ reason: 'token_mismatch' })
  })
})

describe('the limit of guesses', () => {
  it('counts a network of IPv6 as one', () => {
    const limit = createGuessLimit()
    for (let count = 0; count < 10; count += 1) limit.wrong(`2001:db8:1:2::${count}`)
    expect(limit.wrong('2001:db8:1:2:ffff:ffff:ffff:ffff')).toBeGreaterThan(0)
    expect(limit.wrong('2001:db8:1:3::1')).toBe(0)
    expect(addressGroup('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(addressGroup('::1')).toBe('0:0:0:0::/64')
    expect(addressGroup('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  })

  it('forgets whoever was wrong longest ago, and takes no more memory for 200,000 addresses', () => {
    const limit = createGuessLimit()
    for (let count = 0; count < 11; count += 1) limit.wrong('198.51.100.1')
    const before = process.memoryUsage().heapUsed
    for (let count = 0; count < 200_000; count += 1)
      limit.wrong(`10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000)
    expect(limit.wrong('198.51.100.1')).toBe(0)
  })
})
