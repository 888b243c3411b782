import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LineFile, openLineFile } from '../../../../gateway/log/line-file.ts'
import { gatewayLogFamily, type LogFamily } from '../../../../gateway/log/log-family.ts'
import { gapLine } from '../../../../gateway/log/log-line.ts'
import type { LogTarget } from '../../../../host/config/log-path.ts'

let base = ''
let folder = ''
let now = new Date()
let file: LineFile | null = null
let warnings: string[] = []
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-lines-'))
  folder = join(base, 'logs')
  now = new Date(2026, 0, 30, 23, 59, 59)
  warnings = []
})
afterEach(() => {
  file?.close()
  rmSync(base, { recursive: true })
})

const small: LogFamily = { ...gatewayLogFamily, partBytes: 100, totalBytes: 350 }
function open(family: LogFamily = gatewayLogFamily, target: LogTarget = { kind: 'dated', folder }): LineFile {
  file = openLineFile({
    target,
    family,
    gapLine,
    stateDir: join(base, 'state'),
    now: () => now,
    onWarning: (warning) => warnings.push(warning),
  })
  return file
}
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const fill = (name: string, bytes = 1) => writeFileSync(join(folder, name), 'x'.repeat(bytes))

describe('the file of a day', () => {
  it('gives way at local midnight', () => {
    const log = open()
    log.append('old day\n')
    now = new Date(2026, 0, 31, 0, 0, 0)
    log.append('new day\n')
    expect(read('moltbot-2026-01-30.log')).toBe('old day\n')
    expect(read('moltbot-2026-01-31.log')).toBe('new day\n')
    expect(log.path()).toBe(join(folder, 'moltbot-2026-01-31.log'))
  })

  it('is kept for seven days, and every file of another name for ever', () => {
    mkdirSync(folder, { mode: 0o700 })
    const kept = ['moltbot-2026-01-24.log', 'moltbot-2026-01-24.log.2.gz', 'moltbot-2025-01-01.log.gz']
    const others = [
      'other-2025-01-01.log',
      'access-2025-01-01.log',
      'notes.txt',
      'moltbot-2025-01-01.log.old',
    ]
    const gone = ['moltbot-2026-01-23.log', 'moltbot-2025-12-31.log', 'moltbot-2026-01-23.4.log']
    // What the manual’s logrotate made of them and never looks at again.
    const rotated = [
      'moltbot-2026-01-23.log.1',
      'moltbot-2026-01-22.log.7.gz',
      'moltbot-2026-01-22.log-20260123.gz',
    ]
    for (const name of [...kept, ...others, ...gone, ...rotated]) fill(name)
    symlinkSync('notes.txt', join(folder, 'moltbot-2020-01-01.log'))
    open().append('now\n')
    const today = ['moltbot-2026-01-30.log', 'moltbot-2020-01-01.log']
    expect(readdirSync(folder).sort()).toEqual([...kept, ...others, ...today].sort())
  })

  it('that is too large becomes a numbered part, and the oldest parts go where all are too much', () => {
    mkdirSync(folder, { mode: 0o700 })
    fill('moltbot-2026-01-29.log', 80)
    fill('notes.txt', 10_000)
    const log = open(small)
    for (const letter of 'abcdefg') log.append(`${letter.repeat(99)}\n`)
    expect(readdirSync(folder).sort()).toEqual([
      'moltbot-2026-01-30.4.log',
      'moltbot-2026-01-30.5.log',
      'moltbot-2026-01-30.6.log',
      'moltbot-2026-01-30.log',
      'notes.txt',
    ])
    expect(read('moltbot-2026-01-30.6.log')).toMatch(/^f+\n$/)
    expect(read('moltbot-2026-01-30.log')).toMatch(/^g+\n$/)
  })

  it('keeps so many parts of a day where that is the rule', () => {
    const log = open({ ...small, totalBytes: 1e9, keptParts: 1 })
    for (const letter of 'abcdefg') log.append(`${letter.repeat(99)}\n`)
    expect(readdirSync(folder).sort()).toEqual(['moltbot-2026-01-30.6.log', 'moltbot-2026-01-30.log'])
  })

  it('is made anew with the next line after it was renamed or removed, and goes on where it was emptied', () => {
    const log = open()
    const path = join(folder, 'moltbot-2026-01-30.log')
    log.append('1\n')
    renameSync(path, `${path}.1`)
    log.append('2\n')
    rmSync(path)
    log.append('3\n')
    truncateSync(path)
    log.append('4\n')
    expect(read('moltbot-2026-01-30.log.1')).toBe('1\n')
    // No hole where the bytes before it were.
    expect(read('moltbot-2026-01-30.log')).toBe('4\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('that could not be where it was wanted is there a minute after it can, told once', () => {
    symlinkSync('/nowhere', folder)
    const log = open()
    log.append('one\n')
    log.append('two\n')
    expect(warnings).toHaveLength(1)
    expect(readFileSync(join(base, 'state/logs/moltbot-2026-01-30.log'), 'utf8')).toBe('one\ntwo\n')
    rmSync(folder)
    now = new Date(2026, 0, 30, 23, 58, 58) // by a clock that jumps back, too
    log.append('three\n')
    expect(read('moltbot-2026-01-30.log')).toBe('three\n')
  })

  it('that a program before us was cut off in goes on with a line of its own', () => {
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(join(folder, 'moltbot-2026-01-30.log'), 'whole\nhal')
    open().append('first\nsecond\n')
    expect(read('moltbot-2026-01-30.log')).toBe('whole\nhal\nfirst\nsecond\n')
  })

  it('takes nothing after it was closed', () => {
    const log = open()
    log.append('first\n')
    log.close()
    log.append('second\n')
    expect(read('moltbot-2026-01-30.log')).toBe('first\n')
    expect(log.path()).toBeNull()
  })
})

describe('a file that the configuration names', () => {
  it('is made with its folder for this user only, and is moved to with the next line', () => {
    const log = open()
    log.append('dated\n')
    log.moveTo({ kind: 'named', path: join(base, 'var/log/own.log') })
    log.append('named\n')
    expect(readFileSync(join(base, 'var/log/own.log'), 'utf8')).toBe('named\n')
    expect(statSync(join(base, 'var/log')).mode & 0o777).toBe(0o700)
    expect(statSync(join(base, 'var/log/own.log')).mode & 0o777).toBe(0o600)
    expect(read('moltbot-2026-01-30.log')).toBe('dated\n')
  })

  it('that nobody rotates keeps one other beside it', () => {
    const path = join(base, 'own.log')
    const log = open(gatewayLogFamily, { kind: 'named', path })
    for (const text of ['one\n', 'two\n']) {
      log.append(text)
      truncateSync(path, 512 * 1024 * 1024) // a hole, which takes no room
    }
    log.append('three\n')
    expect(readFileSync(path, 'utf8')).toBe('three\n')
    expect(statSync(`${path}.full`).size).toBe(512 * 1024 * 1024)
    expect(readdirSync(base)).not.toContain('own.log.full.full')
  })
})

describe('a log that cannot be written', () => {
  it('loses lines, says so once, and tells what is missing when it can', () => {
    mkdirSync(folder, { mode: 0o700 })
    mkdirSync(join(folder, 'moltbot-2026-01-30.log'))
    mkdirSync(join(base, 'state/logs/moltbot-2026-01-30.log'), { recursive: true, mode: 0o700 })
    const log = open()
    for (let count = 0; count < 50; count += 1) log.append('lost\nlost too\n')
    expect(log.path()).toBeNull()
    expect(log.lost()).toBe(100)
    expect(log.trouble()).not.toBeNull()
    expect(warnings).toHaveLength(1)
    rmSync(join(folder, 'moltbot-2026-01-30.log'), { recursive: true })
    now = new Date(now.getTime() - 2_000)
    log.append('again\n')
    const [note = '', line] = read('moltbot-2026-01-30.log').split('\n')
    expect(JSON.parse(note)[1]).toMatchObject({ lines: 100, since: expect.any(String) })
    expect(line).toBe('again')
    expect(log.trouble()).toBeNull()
  })
})
