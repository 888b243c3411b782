import { cpSync } from 'node:fs'
import { extractBackup } from '../../../../../host/backup/archive/extract-backup.ts'
import { prepareStaging, swapBack, swapIn } from '../../../../../host/backup/swap/swap.ts'

/**
 * Restores a backup and takes that back, time and again, until it is killed, or `rounds` times. It is
 * unpacked in the first round only, and copied from `unpacked` in the others: moves are what matters here.
 */
const order = JSON.parse(process.argv[2] ?? '') as {
  path: string
  identity: string
  unpacked: string
  stateDir: string
  configPath: string
  rounds: number | null
  /** To be killed while it unpacks, too; else it is ready once it swaps. */
  fromTheStart: boolean
}
const { path, identity, unpacked, stateDir, configPath, rounds, fromTheStart } = order
process.umask(0o077) // copied folders get the rights of unpacked ones
const hooks = { progress() {}, pause: async () => false, resume() {} }
if (fromTheStart) process.stdout.write('ready\n')
for (let round = 0; rounds === null || round < rounds; round++) {
  const { folder } = must(await prepareStaging(stateDir))
  if (round > 0) cpSync(unpacked, folder, { recursive: true })
  else await extractBackup({ path, opening: { identity }, stagingDir: folder }, hooks)
  if (round === 0) process.stdout.write('ready\n')
  const { keptAt } = must(await swapIn({ stateDir, configPath, replaces: 'all' }))
  must(await swapBack(stateDir, keptAt))
}

function must<T extends { readonly ok: boolean }>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome as Extract<T, { ok: true }>
}
