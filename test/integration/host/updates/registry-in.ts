import { join } from 'node:path'
import type { JobHandle } from '../../../../host/jobs/job-board.ts'
import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import type { Registry } from '../../../../host/updates/ask-registry.ts'
import { bundledNpm } from '../../../../host/updates/npm.ts'
import { type UpdateFigures, updateFigures } from '../../../../host/updates/update-figures.ts'

const mebibyte = 1024 * 1024
const shortFigures: UpdateFigures = {
  ...updateFigures,
  lookEveryMs: 300,
  stallMs: 20_000,
  maxInstallBytes: 20 * mebibyte,
  keepFreeBytes: mebibyte,
  fetchRetries: 0,
}

/** The registry as the user of that home has it, and the real npm to ask it with. */
export function registryIn(home: string, workDir: string, figures: Partial<UpdateFigures> = {}): Registry {
  const npmCliPath = bundledNpm()
  if (npmCliPath === null) throw new Error('npm is not installed')
  const { PATH, MOLTBOT_TEST_RUN } = process.env
  return {
    npm: {
      nodePath: process.execPath,
      npmCliPath,
      env: { PATH, MOLTBOT_TEST_RUN, HOME: home, TMPDIR: join(home, 'tmp') },
      table: openProcessTable(),
      figures: { ...shortFigures, ...figures },
    },
    workDir,
  }
}

/** A job nobody watches, unless told to. */
export function quietJob(signal = new AbortController().signal): JobHandle {
  return { signal, at: () => {}, setCancellable: () => {} }
}
