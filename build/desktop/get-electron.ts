import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { withLock } from '../prepare/lock.mjs'
import { root } from '../prepare/root.mjs'
import { installElectron } from './install-electron.ts'
import { whyItFailed } from './why-it-failed.ts'

// get-electron.ts <file that notes a failure> [<ms without a byte until it gives up>]
const [failed = '', limit = '20000'] = process.argv.slice(2)
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted.abort())
}
let code = 0
try {
  await withLock(root, () => installElectron(root, Number(limit), interrupted.signal))
  rmSync(failed, { force: true })
} catch (error) {
  code = 1
  if (!interrupted.signal.aborted) {
    const why = `Electron could not be downloaded (${whyItFailed(error)})`
    process.stderr.write(`${why}, so Moltbot starts without its window.\n`)
    note(why)
  }
}
// Connections kept open for another request would hold the process for seconds.
process.exit(code)

function note(why: string): void {
  try {
    mkdirSync(dirname(failed), { recursive: true })
    writeFileSync(failed, why)
  } catch {
    // a disk that cannot be written to: the next start tries again
  }
}
