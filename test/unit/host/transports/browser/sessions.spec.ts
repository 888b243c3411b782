import { describe, expect, it } from 'vitest'
import { BrowserSessions, codeLifeMs } from '../../../../../host/transports/browser/sessions.ts'

describe('browser sessions', () => {
  it('exchange a code once', () => {
    const sessions = new BrowserSessions(() => 0)
    const code = sessions.issueCode()
    const session = sessions.redeem(code, null)
    if (!session) throw new Error('refused')
    expect(sessions.admits(session.cookie, session.key)).toBe(true)
    expect(sessions.redeem(code, null)).toBeNull()
    expect(sessions.redeem(code, session.cookie)).toBeNull()
  })

  it('need both parts, of the same session', () => {
    const sessions = new BrowserSessions(() => 0)
    const one = sessions.redeem(sessions.issueCode(), null)
    const two = sessions.redeem(sessions.issueCode(), null)
    if (!one || !two) throw new Error('refused')
    expect(sessions.admits(null, one.key)).toBe(false)
    expect(sessions.admits(one.cookie, '')).toBe(false)
    expect(sessions.admits(one.cookie, two.key)).toBe(false)
    expect(sessions.admits(one.key, one.cookie)).toBe(false)
    expect(sessions.hasCookie('guess')).toBe(false)
  })

  it('let a second tab of the same browser in beside the first', () => {
    const sessions = new BrowserSessions(() => 0)
    const first = sessions.redeem(sessions.issueCode(), null)
    const second = sessions.redeem(sessions.issueCode(), first?.cookie ?? null)
    expect(second?.cookie).toBe(first?.cookie)
    expect(sessions.admits(first?.cookie ?? null, first?.key ?? '')).toBe(true)
    expect(sessions.admits(first?.cookie ?? null, second?.key ?? '')).toBe(true)
  })

  it('never take a cookie that the browser made up', () => {
    const sessions = new BrowserSessions(() => 0)
    expect(sessions.redeem(sessions.issueCode(), 'planted')?.cookie).not.toBe('planted')
  })

  it('refuse a code after its quarter of an hour', () => {
    let now = 0
    const sessions = new BrowserSessions(() => now)
    const code = sessions.issueCode()
    now = codeLifeMs + 1
    expect(sessions.redeem(code, null)).toBeNull()
  })

  it('hold a bounded number of codes, and the newest work', () => {
    const sessions = new BrowserSessions(() => 0)
    const codes = Array.from({ length: 100 }, () => sessions.issueCode())
    expect(new Set(codes).size).toBe(100)
    expect(sessions.redeem(codes[0] ?? '', null)).toBeNull()
    expect(sessions.redeem(codes[99] ?? '', null)).not.toBeNull()
  })
})
