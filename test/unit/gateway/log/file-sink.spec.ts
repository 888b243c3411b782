import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileSink, type FileSink } from '../../../../gateway/log/file-sink.ts'
import type { LogRecord } from '../../../../gateway/log/log-record.ts'
import { createRedactor } from '../../../../gateway/log/redact.ts'
import { type LogLevel, logLevels } from '../../../../host/config/config-schema.ts'

let folder = ''
let now = new Date(2026, 0, 30, 23, 59, 59)
let sink: FileSink | null = null
let warnings: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moltbot-sink-'))
  now = new Date(2026, 0, 30, 23, 59, 59)
  warnings = []
})
afterEach(() => {
  sink?.close()
  rmSync(folder, { recursive: true })
})

function openSink(level: LogLevel = 'info'): FileSink {
  sink = createFileSink({
    target: { kind: 'dated', folder: join(folder, 'logs') },
    stateDir: join(folder, 'state'),
    level,
    redactor: createRedactor({ secrets: ['the-secret-token'], patterns: [], usesPatterns: true }),
    now: () => now,
    onWarning: (warning) => warnings.push(warning),
  })
  return sink
}
const record = (message: string, level: LogRecord['level'] = 'info'): LogRecord => ({
  at: now,
  level,
  subsystem: 'test',
  message,
  data: null,
})
const read = (name: string) => readFileSync(join(folder, 'logs', name), 'utf8')

describe('the log file', () => {
  it('changes at local midnight', () => {
    const log = openSink()
    log.write(record('old day'))
    now = new Date(2026, 0, 31, 0, 0, 0)
    log.write(record('new day'))
    expect(read('moltbot-2026-01-30.log')).toContain('old day')
    expect(read('moltbot-2026-01-31.log')).toContain('new day')
    expect(log.path()).toBe(join(folder, 'logs', 'moltbot-2026-01-31.log'))
  })

  it('keeps seven days, and every file of another name', () => {
    mkdirSync(join(folder, 'logs'), { mode: 0o700 })
    const kept = ['moltbot-2026-01-24.log', 'moltbot-2025-01-01.log.gz', 'other-2025-01-01.log', 'notes.txt']
    const gone = ['moltbot-2026-01-23.log', 'moltbot-2025-12-31.log']
    for (const name of [...kept, ...gone]) writeFileSync(join(folder, 'logs', name), 'x')
    symlinkSync('notes.txt', join(folder, 'logs', 'moltbot-2020-01-01.log'))
    openSink().write(record('now'))
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(
      [...kept, 'moltbot-2020-01-01.log', 'moltbot-2026-01-30.log'].sort(),
    )
  })

  it('is opened again after logrotate took it away', () => {
    const log = openSink()
    log.write(record('first'))
    renameSync(join(folder, 'logs', 'moltbot-2026-01-30.log'), join(folder, 'logs', 'rotated'))
    now = new Date(now.getTime() - 2_000) // also by a clock that jumps back
    log.write(record('second'))
    expect(read('moltbot-2026-01-30.log')).toContain('second')
  })

  it('never has a secret', () => {
    const log = openSink()
    log.write({ ...record('token is the-secret-token'), data: { note: 'x the-secret-token y' } })
    expect(read('moltbot-2026-01-30.log')).not.toContain('the-secret')
  })

  it('writes nothing after it was closed', () => {
    const log = openSink()
    log.write(record('first'))
    log.close()
    log.write(record('second'))
    expect(read('moltbot-2026-01-30.log')).not.toContain('second')
  })

  it.each([
    ['silent', []],
    ['error', ['fatal', 'error']],
    ['warn', ['fatal', 'error', 'warn']],
    ['debug', ['fatal', 'error', 'warn', 'info', 'debug']],
  ] as const)('at level %s has %j', (level, expected) => {
    const log = openSink(level)
    for (const each of logLevels) if (each !== 'silent') log.write(record(each, each))
    const lines = expected.length === 0 ? [] : read('moltbot-2026-01-30.log').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line)[0])).toEqual(expected)
  })

  it('warns once where it goes elsewhere', () => {
    symlinkSync('/nowhere', join(folder, 'logs'))
    const log = openSink()
    log.write(record('one'))
    log.write(record('two'))
    expect(warnings).toHaveLength(1)
    expect(readFileSync(join(folder, 'state', 'logs', 'moltbot-2026-01-30.log'), 'utf8')).toContain('two')
  })
})
