import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newIdentity, recipientOf } from '../../host/backup/keys/age-keys.ts'
import { type Row, toRow } from './row.ts'
import { end, type Workshop } from './workshop.ts'

const megabyte = 1e6
/** As a gateway of a year has them: talk, tables, and media that do not compress. */
const shares = { sessions: 0.55, tables: 0.1, media: 0.35 }
const words =
  'the of and gateway message session channel 你好 网关 备份 please run tool result file error ok'.split(' ')

/** Backups of a state of so many MB, and the manual's `tar -czf` of the same files in between. */
export async function measureBackup(workshop: Workshop, stateMb: number, samples: number): Promise<Row[]> {
  const root = join(dirname(workshop.hostDir), 'backup-bench')
  const stateDir = join(root, 'state')
  const folder = join(root, 'out')
  mkdirSync(folder, { recursive: true })
  makeState(stateDir, stateMb * megabyte)
  const recipient = await recipientOf(await newIdentity())
  const entry = join(import.meta.dirname, 'measured-backup.ts')
  const child = workshop.start(process.execPath, [entry], ['ignore', 'inherit', 'inherit', 'ipc'])
  await once(child, 'message')
  const times: number[] = []
  const tarTimes: number[] = []
  const delays: number[] = []
  let peakMb = 0
  for (let count = 0; count < samples; count++) {
    const name = `moltbot-20261125-00000${count}.tar.gz.age`
    child.send({ stateDir, folder, name, workDir: join(root, 'work'), recipient })
    const [told] = (await once(child, 'message')) as [
      { ms: number; delayP99: number; problem: string | null },
    ]
    if (told.problem) throw new Error(told.problem)
    times.push(told.ms)
    delays.push(told.delayP99)
    peakMb = Math.max(peakMb, peakOf(child.pid ?? 0))
    rmSync(join(folder, name))
    const since = performance.now()
    execFileSync('tar', ['-czf', join(folder, 'plain.tar.gz'), '-C', root, 'state'])
    tarTimes.push(performance.now() - since)
    rmSync(join(folder, 'plain.tar.gz'))
  }
  await end(child)
  rmSync(root, { recursive: true })
  const size = `${stateMb} MB`
  return [
    toRow({
      what: `backup of ${size}, encrypted, beside tar -czf`,
      unit: 'ms',
      values: times,
      bare: tarTimes,
      limits: { ratio: 1 },
    }),
    toRow({
      what: 'backup: event-loop delay of its host, p99',
      unit: 'ms',
      values: delays,
      limits: { median: 50 },
    }),
    toRow({ what: 'backup: peak memory of its host', unit: 'MB', values: [peakMb] }),
  ]
}

function makeState(stateDir: string, bytes: number): void {
  const put = (name: string, size: number, next: () => Uint8Array) => {
    const path = join(stateDir, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = openSync(path, 'w', 0o600)
    for (let written = 0; written < size; ) written += writeSync(file, next())
    closeSync(file)
  }
  const sessions = 400
  for (let count = 0; count < sessions; count++) {
    const name = `agents/main/sessions/${randomBytes(16).toString('hex')}.jsonl`
    put(name, (bytes * shares.sessions) / sessions, lines)
  }
  const tables = 2000
  for (let count = 0; count < tables; count++) {
    const name = `credentials/whatsapp/default/session-${count}.json`
    put(name, (bytes * shares.tables) / tables, () => Buffer.from(JSON.stringify({ key: noise(96), count })))
  }
  const media = 200
  for (let count = 0; count < media; count++) {
    put(`media/inbound/${count}.jpg`, (bytes * shares.media) / media, () => randomBytes(64 * 1024))
  }
}

function lines(): Buffer {
  const text = Array.from({ length: 200 }, () => {
    const said = Array.from({ length: 40 }, () => words[Math.floor(Math.random() * words.length)])
    return JSON.stringify({ type: 'message', id: noise(12), timestamp: Date.now(), content: said.join(' ') })
  })
  return Buffer.from(`${text.join('\n')}\n`)
}

function noise(bytes: number): string {
  return randomBytes(bytes).toString('base64')
}

/** The most memory it ever had, from the kernel; 0 where that is not told. */
function peakOf(pid: number): number {
  if (process.platform !== 'linux') return 0
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1000
}
