import { openProcessTable } from '../../../../host/processes/open-process-table.ts'
import { runBounded } from '../../../../host/updates/run-bounded.ts'

/** Runs the rest of its command line, bounded, and is killed meanwhile: see `run-bounded.spec.ts`. */
const [file = '', ...args] = process.argv.slice(2)
await runBounded({
  file,
  args,
  cwd: '/',
  env: process.env,
  limitMs: 60_000,
  maxOutputBytes: 1_000,
  maxMemoryBytes: 2 ** 40,
  signal: new AbortController().signal,
  table: openProcessTable(),
})
