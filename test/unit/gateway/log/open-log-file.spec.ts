import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gatewayLogFamily } from '../../../../gateway/log/log-family.ts'
import { openLogFile } from '../../../../gateway/log/open-log-file.ts'
import type { LogTarget } from '../../../../host/config/log-path.ts'

const today = new Date(2026, 0, 30)
const name = 'moltbot-2026-01-30.log'
let base = ''
let folder = ''
let fallback = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-log-'))
  folder = join(base, 'moltbot')
  fallback = join(base, 'state', 'logs', name)
})
afterEach(() => rmSync(base, { recursive: true }))

/** Opens, writes a line, closes. */
function open(target: LogTarget = { kind: 'dated', folder }) {
  const { file, warnings } = openLogFile(target, join(base, 'state'), gatewayLogFamily, today)
  if (file) {
    writeSync(file.fd, 'line\n')
    closeSync(file.fd)
  }
  return { path: file?.path ?? null, warnings }
}
const modeOf = (path: string) => statSync(path).mode & 0o777

describe('the log’s folder', () => {
  it('is made for this user only, as is the file', () => {
    expect(open()).toEqual({ path: join(folder, name), warnings: [] })
    expect([modeOf(folder), modeOf(join(folder, name))]).toEqual([0o700, 0o600])
  })

  it('of our own is closed to others, and what is in it stays', () => {
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    writeFileSync(join(folder, name), 'before\n', { mode: 0o644 })
    expect(open().warnings).toEqual([])
    expect([modeOf(folder), modeOf(join(folder, name))]).toEqual([0o700, 0o600])
    expect(readFileSync(join(folder, name), 'utf8')).toBe('before\nline\n')
  })

  it('planted as a link is passed over, and its target is untouched', () => {
    mkdirSync(join(base, 'victim'))
    symlinkSync('victim', folder)
    const { path, warnings } = open()
    expect(path).toBe(fallback)
    expect(warnings).toHaveLength(1)
    expect(readdirSync(join(base, 'victim'))).toEqual([])
    expect([modeOf(join(base, 'state', 'logs')), modeOf(fallback)]).toEqual([0o700, 0o600])
  })

  it('that is a file is passed over', () => {
    writeFileSync(folder, 'mine')
    expect(open().path).toBe(fallback)
    expect(readFileSync(folder, 'utf8')).toBe('mine')
  })

  it.skipIf(process.getuid?.() !== 0)('of another user is passed over', () => {
    mkdirSync(folder, { mode: 0o777 })
    chownSync(folder, 65_534, 65_534)
    expect(open()).toMatchObject({ path: fallback, warnings: [expect.stringContaining('65534')] })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the log’s file', () => {
  beforeEach(() => mkdirSync(folder, { mode: 0o700 }))

  it('planted as a link is passed over, and its target is untouched', () => {
    writeFileSync(join(base, 'victim'), 'precious')
    symlinkSync('../victim', join(folder, name))
    expect(open().path).toBe(fallback)
    expect(readFileSync(join(base, 'victim'), 'utf8')).toBe('precious')
  })

  it('with a second name is passed over', () => {
    writeFileSync(join(base, 'victim'), 'precious')
    linkSync(join(base, 'victim'), join(folder, name))
    expect(open().path).toBe(fallback)
    expect(readFileSync(join(base, 'victim'), 'utf8')).toBe('precious')
  })

  it('planted as a FIFO is passed over without waiting', () => {
    execFileSync('mkfifo', [join(folder, name)])
    expect(open().path).toBe(fallback)
  })

  it('planted as a FIFO that somebody reads is passed over, and gives nothing away', () => {
    execFileSync('mkfifo', [join(folder, name)])
    const reader = openSync(join(folder, name), constants.O_RDONLY | constants.O_NONBLOCK)
    expect(open().path).toBe(fallback)
    expect(readSync(reader, Buffer.alloc(10))).toBe(0)
    closeSync(reader)
  })

  it('planted as a folder is passed over', () => {
    mkdirSync(join(folder, name))
    expect(open().path).toBe(fallback)
  })

  it.skipIf(process.getuid?.() !== 0)('of another user is passed over', () => {
    writeFileSync(join(folder, name), 'theirs')
    chownSync(join(folder, name), 65_534, 65_534)
    expect(open().path).toBe(fallback)
    expect(readFileSync(join(folder, name), 'utf8')).toBe('theirs')
  })
})

describe('a log named by the configuration', () => {
  it('is made with its folder', () => {
    const path = join(base, 'var', 'log', 'm.log')
    expect(open({ kind: 'named', path })).toEqual({ path, warnings: [] })
    expect(modeOf(path)).toBe(0o600)
  })

  it('gives way to the state folder where it cannot be written', () => {
    expect(open({ kind: 'named', path: '/dev/null/m.log' })).toMatchObject({
      path: fallback,
      warnings: [expect.stringContaining('/dev/null/m.log')],
    })
  })
})

it('no place at all is a warning, not an end', () => {
  writeFileSync(join(base, 'state'), 'a file')
  expect(open({ kind: 'named', path: '/dev/null/m.log' })).toMatchObject({
    path: null,
    warnings: [expect.any(String)],
  })
})
