import { execFile, execFileSync, spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function findLogrotate(): string | null {
  const places = ['/usr/sbin/logrotate', '/usr/bin/logrotate', '/sbin/logrotate']
  return places.find((path) => statSync(path, { throwIfNoEntry: false })) ?? null
}

const logrotate = findLogrotate()
const describeHere = logrotate ? describe : describe.skip

/** Runs the real logrotate again and again over a log that is written 2,000 times a second; all that is there then. */
async function rotateUnderWriter(directives: string, logName: (base: string) => string, glob: string) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-rotate-')))
  made.push(base)
  const place = logName(base)
  const folder = place.endsWith('.log') ? dirname(place) : place
  const configuration = join(base, 'logrotate.conf')
  writeFileSync(configuration, `${join(folder, glob)} {\n${directives}\n}\n`, { mode: 0o600 })
  mkdirSync(join(base, 'tmp'))
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'log-writer.ts'), place, '2000', '1500'])
  let said = ''
  writer.stdout.on('data', (chunk) => {
    said += chunk
  })
  const ended = new Promise((resolve) => writer.once('close', resolve))
  while (!said.includes('writing')) await delay(10)
  for (let turn = 0; turn < 6; turn += 1) {
    await delay(180)
    const args = ['--force', '--state', join(base, 'logrotate.state'), configuration]
    await promisify(execFile)(logrotate ?? '', args)
  }
  await ended
  const files = readdirSync(folder).map((name) => ({ name, bytes: contentOf(join(folder, name)) }))
  const lines = files.flatMap(({ bytes }) => bytes.toString('utf8').split('\n').slice(0, -1))
  const numbers = lines
    .map((line) => Number(/"0":"n(\d+)\./.exec(line)?.[1]))
    .sort((one, other) => one - other)
  const { count, lost }: { count: number; lost: number } = JSON.parse(said.split('\n')[1] ?? '')
  const seen = new Set(numbers)
  const missing = all(count).filter((number) => !seen.has(number))
  return { files, lines, count, lost, missing, twice: numbers.length - seen.size }
}

function contentOf(path: string): Buffer {
  const bytes = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

const all = (count: number) => Array.from({ length: count }, (_, number) => number)
/** The manual's own lines. */
const manual = 'daily\nrotate 7\ncompress\ndelaycompress\nmissingok\nnotifempty'

describeHere(logrotate ? 'under logrotate' : 'under logrotate [it is not installed]', () => {
  it.concurrent('by the manual’s block no line is lost', async () => {
    const { files, count, lost, missing, twice } = await rotateUnderWriter(
      manual,
      (base) => join(base, 'moltbot'),
      'moltbot-*.log',
    )
    expect(count).toBe(3_000)
    expect({ missing, twice, lost }).toEqual({ missing: [], twice: 0, lost: 0 })
    expect(files.some(({ name }) => /\.log\.1$/.test(name))).toBe(true)
    expect(files.some(({ name }) => /\.log\.2\.gz$/.test(name))).toBe(true)
  })

  it.concurrent('that makes the file itself and compresses at once no line is lost', async () => {
    const directives = 'daily\nrotate 20\ncompress\ncreate 0600\nmissingok\nnotifempty'
    const { files, missing, twice } = await rotateUnderWriter(
      directives,
      (base) => join(base, 'var/own.log'),
      'own.log',
    )
    expect({ missing, twice }).toEqual({ missing: [], twice: 0 })
    expect(files.filter(({ name }) => name.endsWith('.gz')).length).toBeGreaterThanOrEqual(5)
  })

  it.concurrent('that copies and empties only what comes between the two is lost, no hole is made, and each line is whole', async () => {
    const directives = 'daily\nrotate 20\ncopytruncate\nmissingok\nnotifempty'
    const { files, lines, count, missing } = await rotateUnderWriter(
      directives,
      (base) => join(base, 'var/own.log'),
      'own.log',
    )
    expect(files.length).toBeGreaterThanOrEqual(6)
    for (const { bytes } of files) expect(bytes.includes(0)).toBe(false)
    // Ten milliseconds each time; a hole or a place of its own would lose everything before it.
    expect(missing.length).toBeLessThan(6 * 100)
    expect(missing).not.toContain(count - 1)
    // A line that was cut by the copy is the last one of its file.
    const broken = lines.filter((line) => !isWhole(line))
    expect(broken.length).toBeLessThanOrEqual(files.length)
  })
})

function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

describeHere('our own block for logrotate', () => {
  it('is one that logrotate takes', () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-rotate-')))
    made.push(base)
    const path = join(import.meta.dirname, '../../../assets/logrotate/moltbot')
    const copy = join(base, basename(path))
    writeFileSync(copy, readFileSync(path), { mode: 0o644 })
    const args = ['--debug', '--state', join(base, 'state'), copy]
    const output = execFileSync(`${logrotate}`, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
    expect(output).not.toMatch(/error/i)
  })
})
