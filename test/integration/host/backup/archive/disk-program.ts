import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBackup } from '../../../../../host/backup/archive/create-backup.ts'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { outcomeOf } from '../../../../../host/backup/archive/outcome-of.ts'
import { newIdentity, recipientOf } from '../../../../../host/backup/keys/age-keys.ts'
import type { JobStep } from '../../../../../shared/jobs.ts'

/**
 * Tries backups on a disk of its own that is full, fills up midway, or may not be written; prints for each
 * what came of it and what is left on that disk. Runs where it may mount: see `disk.spec.ts`.
 */
const [stateDir = '', disk = ''] = process.argv.slice(2)
const identity = await newIdentity()
const lock = { recipients: [await recipientOf(identity)] }
const about = { secrets: {}, madeBy: '0.1.0', machine: 'mill', createdAt: 0, name: 'backup' }
const configPath = join(stateDir, 'moltbot.json')
const elsewhere = `${disk}-else`
for (const path of [disk, elsewhere]) mkdirSync(path)
mount('size=16m')

const request = { stateDir, configPath, lock, ...about }
const toDisk = { ...request, folder: disk, workDir: join(elsewhere, 'work') }
const onDisk = { ...request, folder: elsewhere, workDir: join(disk, 'work') }

fill(2)
tell('full before', await create(toDisk))
empty()
tell('folder fills up', await create(toDisk, 'packing'))
empty()
tell('work folder fills up', await create(onDisk, 'copying'))
empty()
tell('room enough', await create(toDisk))
const { path } = { path: join(disk, 'backup') }
const stagingDir = join(disk, 'staging')
mkdirSync(stagingDir)
const hooks = filling('extracting')
tell(
  'unpacking fills up',
  await outcomeOf(() => extractBackup({ path, opening: { identity }, stagingDir }, hooks)),
)
fill(1)
tell(
  'no room to unpack',
  await outcomeOf(() => extractBackup({ path, opening: { identity }, stagingDir }, filling())),
)
empty()
execFileSync('mount', ['-o', 'remount,ro', disk])
tell('read-only', await create(toDisk))

function create(order: Parameters<typeof createBackup>[0], fillsAt?: JobStep) {
  return outcomeOf(() => createBackup(order, '00000000', filling(fillsAt)))
}

/** Fills the disk as soon as the work has come that far, with a little room for what is open already. */
function filling(step?: JobStep) {
  let isFull = false
  return {
    progress(at: { step: JobStep }) {
      if (at.step !== step || isFull) return
      isFull = true
      fill(1)
    },
    pause: async () => false,
    resume() {},
  }
}

function fill(leaveMb: number): void {
  rmSync(join(disk, 'filler'), { force: true })
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - leaveMb * 2 ** 20))
}

function empty(): void {
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true })
}

function mount(options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', disk])
}

function tell(what: string, outcome: Awaited<ReturnType<typeof create>> | { ok: boolean }): void {
  const left = readdirSync(disk, { recursive: true }).map(String).sort()
  const { ok, code } = outcome as { ok: boolean; code?: string }
  process.stdout.write(`${JSON.stringify({ what, end: ok ? 'ok' : code, left })}\n`)
}
