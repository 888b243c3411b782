import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCounts } from '../../../../gateway/server/counts.ts'
import type { HealthFacts } from '../../../../gateway/server/health-facts.ts'
import { createRoutes } from '../../../../gateway/server/http-routes.ts'
import { createVitals } from '../../../../gateway/server/vitals.ts'
import { problem } from '../../../../shared/problem.ts'

let stateDir = ''
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'moltbot-routes-'))
})
afterEach(() => rmSync(stateDir, { recursive: true }))

const wellLog = {
  lines: { fatal: 0, error: 0, warn: 1, info: 2, debug: 0, trace: 0 },
  linesLost: 0,
  trouble: null,
  slowPatterns: [],
}

function routes(part: Partial<HealthFacts> = {}) {
  const vitals = createVitals('1.2.3')
  const facts: HealthFacts = {
    holdsLock: () => true,
    configProblems: () => [],
    logPath: () => join(stateDir, 'moltbot.log'),
    logState: () => wellLog,
    stateDir,
    ...part,
  }
  const asked: string[] = []
  const answer = createRoutes({
    vitals,
    facts,
    counts: createCounts(),
    isSecret: (presented, from) => {
      asked.push(from)
      return presented === 'the-token'
    },
  })
  const ask = async (url: string, remoteAddress = '127.0.0.1', headers: Record<string, string> = {}) =>
    answer({ url, method: 'GET', headers, socket: { remoteAddress } })
  return { ask, vitals, asked }
}
const bearer = { authorization: 'Bearer the-token' }

describe('metrics', () => {
  it('are for this machine, and for whoever has the token', async () => {
    const { ask, asked } = routes()
    expect(await ask('/metrics')).toMatchObject({ status: 200 })
    expect(await ask('/metrics', '::ffff:127.0.0.1')).toMatchObject({ status: 200 })
    expect(asked).toEqual([])
    expect(await ask('/metrics', '192.168.1.5')).toMatchObject({ status: 401 })
    expect(await ask('/metrics', '192.168.1.5', { authorization: 'Bearer guess' })).toMatchObject({
      status: 401,
    })
    expect(await ask('/metrics', '192.168.1.5', { authorization: 'Basic the-token' })).toMatchObject({
      status: 401,
    })
    expect(await ask('/metrics', '192.168.1.5', bearer)).toMatchObject({ status: 200 })
    // A proxy on this machine brings others.
    expect(await ask('/metrics', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toMatchObject({
      status: 401,
    })
    expect(await ask('/metrics', '127.0.0.1', { forwarded: 'for=127.0.0.1' })).toMatchObject({ status: 401 })
    expect(new Set(asked)).toEqual(new Set(['192.168.1.5']))
  })
})

describe('readiness', () => {
  it('ends with the lock and with the closing, and not with a fault in the files', async () => {
    let isLocked = true
    const fault = problem('CONFIG_INVALID', {
      path: '/x',
      key: 'gateway.port',
      line: 1,
      column: 1,
      detail: 'd',
    })
    const { ask, vitals } = routes({ holdsLock: () => isLocked, configProblems: () => [fault] })
    expect(await ask('/health?check=ready')).toMatchObject({ status: 200 })
    isLocked = false
    const unready = await ask('/health?check=ready')
    expect([unready.status, JSON.parse(unready.body)]).toMatchObject([503, { ok: false, status: 'unready' }])
    expect(await ask('/health')).toMatchObject({ status: 200 })
    vitals.beginClosing('The gateway closes (SIGTERM)')
    isLocked = true
    for (const path of ['/health', '/health?check=live', '/health?check=ready']) {
      const { status, body } = await ask(path)
      expect([status, JSON.parse(body)]).toMatchObject([503, { ok: false, status: 'closing' }])
    }
  })
})

describe('the deep check', () => {
  it('is one for all who ask at once, and none disturbs another', async () => {
    const { ask } = routes()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask('/health?check=deep', '127.0.0.1', bearer)),
    )
    expect(answers.map(({ status, body }) => (status === 200 ? '' : body))).toEqual(Array(8).fill(''))
    expect(readdirSync(stateDir)).toEqual([])
  })

  it('names keys and reasons, never values', async () => {
    const detail = 'the-secret-value is not a port'
    const fault = (key: string) => problem('CONFIG_INVALID', { path: '/x', key, line: 1, column: 1, detail })
    const { ask } = routes({
      configProblems: () => [fault('gateway.port'), fault('logging.level')],
      logState: () => ({ ...wellLog, linesLost: 7, trouble: 'ENOSPC', slowPatterns: [1] }),
      holdsLock: () => false,
      stateDir: join(stateDir, 'gone'),
    })
    const startedAt = performance.now()
    const { status, body } = await ask('/health?check=deep', '127.0.0.1', bearer)
    expect(performance.now() - startedAt).toBeLessThan(2_500)
    const { ok, checks } = JSON.parse(body)
    expect([status, ok]).toEqual([503, false])
    expect(checks.config.reason).toContain('2 faults')
    expect(checks.config.reason).toContain('gateway.port, logging.level')
    expect(checks.log.reason).toContain('7 so far')
    expect(checks.state).toMatchObject({ ok: false, reason: 'ENOENT' })
    expect(checks.lock.ok).toBe(false)
    expect(checks.eventLoop).toMatchObject({ ok: true, ms: expect.any(Number) })
    expect(body).not.toContain('the-secret-value')
    expect(readdirSync(stateDir)).toEqual([])
  })
})
