import { describe, expect, it } from 'vitest'
import { checkUpOf, newerOf } from '../../../../../renderer/features/round/round-of.ts'
import type { ChecksReport, FindingLevel } from '../../../../../shared/checks.ts'
import { problem } from '../../../../../shared/problem.ts'
import type { AppUpdate, GatewayUpdate, Offer } from '../../../../../shared/updates.ts'
import { untendedViews } from '../../../../fixtures/scripted-tending.ts'

function aReport(at: number, ...levels: FindingLevel[]): ChecksReport {
  const findings = levels.map((level, index) => ({
    code: `code-${index}`,
    level,
    facts: {},
    fix: null,
    evidence: [],
  }))
  return { kind: 'doctor', at, durationMs: 1, deep: false, findings, mended: [] }
}

describe('the check-up of the daily round', () => {
  it('says that nothing was checked', () => {
    expect(checkUpOf({ doctor: null, audit: null })).toMatchObject({ name: 'notChecked', at: null })
  })

  it('finds no trouble where nothing is to do, as of the older of the two', () => {
    const found = checkUpOf({ doctor: aReport(2_000, 'ok', 'info'), audit: aReport(1_000) })
    expect(found).toEqual({ name: 'noTrouble', shape: 'running', count: 0, at: 1_000 })
  })

  it('counts what both have once, and is as bad as the worst', () => {
    const found = checkUpOf({ doctor: aReport(1, 'warn', 'critical'), audit: aReport(2, 'warn') })
    expect(found).toMatchObject({ name: 'trouble', shape: 'failed', count: 2 })
    expect(checkUpOf({ doctor: aReport(1, 'warn'), audit: null }).shape).toBe('attention')
  })
})

describe('the updates of the daily round', () => {
  const { app: noApp, gateway: noGateway } = untendedViews().updates
  const offer: Offer = { version: '2.0.0', publishedAt: null, bytes: null, notes: '', notesUrl: null }
  const of = (app: Partial<AppUpdate>, gateway: Partial<GatewayUpdate> = {}) =>
    newerOf({ app: { ...noApp, ...app }, gateway: { ...noGateway, ...gateway } })
  const idle = { state: 'idle', problem: null } as const
  const failed = problem('REGISTRY_UNREACHABLE', { registry: 'r', detail: 'd' })

  it('is content with what came along where nothing can be newer', () => {
    expect(of({}).name).toBe('builtIn')
  })

  it('names the version that is there, unless it was skipped', () => {
    expect(of({ ...idle, offer })).toMatchObject({ name: 'offered', version: '2.0.0' })
    expect(of({ ...idle, offer, skipped: '2.0.0', checkedAt: 5 }).name).toBe('upToDate')
    expect(of({}, { followed: 'clawdbot', offer })).toMatchObject({ name: 'offered', version: '2.0.0' })
  })

  it('says what could not be looked for, and what was not yet', () => {
    expect(of({}, { followed: 'clawdbot', problem: failed }).name).toBe('lookFailed')
    expect(of(idle).name).toBe('notLooked')
    expect(of({ ...idle, checkedAt: 9 }, { followed: 'clawdbot', checkedAt: 7 })).toMatchObject({
      name: 'upToDate',
      at: 7,
    })
  })
})
