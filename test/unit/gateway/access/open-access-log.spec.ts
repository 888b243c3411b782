import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AccessEntry, AccessLog } from '../../../../gateway/access/access-log.ts'
import { openAccessLog } from '../../../../gateway/access/open-access-log.ts'
import { createRedactor } from '../../../../gateway/log/redact.ts'
import { currentAccessLogPath } from '../../../../host/config/log-folder.ts'
import { accessLogTarget, type LogTarget } from '../../../../host/config/log-path.ts'
import { parseLine } from '../../../../host/logs/parse-line.ts'

const secret = 'c4nary-Zm9vYmFyYmF6cXV4LXh5enp5'
const { text: redact } = createRedactor({ secrets: [secret], patterns: [], usesPatterns: true })
let base = ''
let folder = ''
let log: AccessLog | null = null
beforeEach(() => {
  vi.useFakeTimers({
    now: new Date(2026, 0, 30, 12),
    toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'],
  })
  base = mkdtempSync(join(tmpdir(), 'moltbot-access-'))
  folder = join(base, 'log')
})
afterEach(() => {
  log?.close()
  vi.useRealTimers()
  rmSync(base, { recursive: true })
})

function open(target: LogTarget = { kind: 'dated', folder }): AccessLog {
  const options = { stateDir: join(base, 'state'), redact, now: () => new Date(), onWarning: () => {} }
  log = openAccessLog({ ...options, target: accessLogTarget(target, options.stateDir) })
  return log
}
const name = 'access-2026-01-30.log'
const lines = (at = join(folder, name)) => readFileSync(at, 'utf8').trimEnd().split('\n')
const facts = () => lines().map((line): Record<string, unknown> => JSON.parse(line)[1])
const probe: AccessEntry = { kind: 'http', from: '127.0.0.1', request: 'GET /health', status: 200 }
const refused: AccessEntry = { kind: 'refused', from: '10.0.0.9', reason: 'bad_token' }

describe('the access log', () => {
  it('is made with its first line, for this user only, and is read as a log is', () => {
    const opened = open()
    expect(() => readdirSync(folder)).toThrow('ENOENT')
    const client = { id: 'cli', mode: 'cli', version: '1.2.3' }
    opened.write({ kind: 'connect', from: '127.0.0.1', connId: 'c1', client })
    opened.write({ ...refused, forwardedFor: '203.0.113.5' })
    opened.write({ kind: 'disconnect', from: '127.0.0.1', connId: 'c1', reason: '1000', durationMs: 1_200 })
    expect(readdirSync(folder)).toEqual([name])
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(facts()).toEqual([
      { kind: 'connect', from: '127.0.0.1', connId: 'c1', client },
      { kind: 'refused', from: '10.0.0.9', reason: 'bad_token', forwardedFor: '203.0.113.5' },
      { kind: 'disconnect', from: '127.0.0.1', connId: 'c1', reason: '1000', durationMs: 1_200 },
    ])
    expect(
      lines()
        .map(parseLine)
        .map(({ level, subsystem }) => [level, subsystem]),
    ).toEqual([
      ['info', 'access'],
      ['warn', 'access'],
      ['info', 'access'],
    ])
  })

  it('lies in the state’s own folder where the configuration names the log', () => {
    const place = join(base, 'var')
    mkdirSync(place)
    open({ kind: 'named', path: join(place, 'own.log') }).write(refused)
    expect(readdirSync(place)).toEqual([])
    expect(lines(join(base, 'state/logs', name))).toHaveLength(1)
    const configured = { env: {}, home: base, logging: { file: join(place, 'own.log') } }
    const found = currentAccessLogPath({ ...configured, stateDir: join(base, 'state'), date: new Date() })
    expect(found).toBe(join(base, 'state/logs', name))
  })
})

describe('what a visitor says of itself', () => {
  it.each([
    ['colours and new lines', '\u001b[31mred\n{"0":"a line of its own"}\r\u2028\u202e'],
    ['a header of 15 KiB', 'x'.repeat(15 * 1024)],
    ['the token', `${secret} and ?token=${secret}`],
    ['the token many times', secret.repeat(400)],
    ['a key of somebody', 'sk-abcdefghijklmnopqrstuvwx and API_KEY=hunter2hunter2'],
  ])('is one harmless short line without a secret: %s', (_, hostile) => {
    const client = { id: hostile, mode: hostile, version: hostile }
    const opened = open()
    opened.write({ kind: 'refused', from: '10.0.0.9', client, forwardedFor: hostile, reason: hostile })
    opened.write({ kind: 'http', from: '10.0.0.9', request: `GET /${hostile}?token=hunter2#x`, status: 404 })
    const text = readFileSync(join(folder, name), 'utf8')
    expect(text.trimEnd().split('\n')).toHaveLength(2)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
    expect(text.length).toBeLessThan(4_000)
    for (const hidden of [secret.slice(0, 12), secret.slice(-8), 'hunter2', 'ijklmnop'])
      expect(text).not.toContain(hidden)
  })
})

describe('looks whether the gateway lives', () => {
  it('are one line, and then their count each hour', () => {
    const opened = open()
    for (let count = 0; count < 1_800; count += 1) opened.write(probe)
    opened.write({ ...probe, request: 'GET /metrics' })
    expect(facts()).toHaveLength(2)
    vi.advanceTimersByTime(60 * 60 * 1000)
    expect(facts().slice(2)).toEqual([{ ...probe, count: 1_799 }])
    for (let count = 0; count < 10; count += 1) opened.write(probe)
    opened.close()
    expect(facts().slice(3)).toEqual([{ ...probe, count: 10 }])
  })

  it.each([
    ['that fail', { ...probe, status: 503 }],
    ['from elsewhere', { ...probe, from: '10.0.0.9' }],
    ['through a proxy', { ...probe, forwardedFor: '10.0.0.9' }],
    ['for something else', { ...probe, request: 'GET /other', status: 404 }],
  ])('%s are a line each', (_, entry) => {
    const opened = open()
    for (let count = 0; count < 5; count += 1) opened.write(entry)
    expect(facts()).toHaveLength(5)
  })
})

describe('a flood of refusals', () => {
  it('is fifty lines and a count each ten seconds, and hides nobody who was let in', () => {
    const opened = open()
    for (let count = 0; count < 4_263; count += 1) opened.write(refused)
    opened.write({ kind: 'connect', from: '10.0.0.9', connId: 'in' })
    expect(facts()).toHaveLength(51)
    expect(facts().at(-1)).toMatchObject({ kind: 'connect', connId: 'in' })
    vi.advanceTimersByTime(10_000)
    expect(JSON.parse(lines().at(-1) ?? '')['0']).toBe('and 4,213 more refusals')
    expect(facts().at(-1)).toEqual({ kind: 'refused', count: 4_213, reasons: { bad_token: 4_213 } })
    // Meanwhile some are free again.
    opened.write(refused)
    expect(facts()).toHaveLength(53)
  })

  it('of what is answered to anybody is told apart, and leaves the lines of who came', () => {
    const opened = open()
    opened.write({ kind: 'connect', from: '10.0.0.8', connId: 'in' })
    for (let count = 0; count < 150_000; count += 1) opened.write({ ...probe, from: '10.0.0.9' })
    opened.write(refused)
    expect(facts()).toHaveLength(52)
    expect(facts()[0]).toMatchObject({ kind: 'connect', connId: 'in' })
    expect(facts().at(-1)).toEqual(refused)
    vi.advanceTimersByTime(10_000)
    expect(facts().at(-1)).toEqual({ kind: 'http', count: 149_950, requests: { 'GET /health': 149_950 } })
  })

  it('with ever new reasons takes no more room', () => {
    const opened = open()
    for (let count = 0; count < 10_000; count += 1) opened.write({ ...refused, reason: `r${count}` })
    vi.advanceTimersByTime(10_000)
    expect(lines().at(-1)?.length).toBeLessThan(2_000)
  })
})
