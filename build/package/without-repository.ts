import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Trial } from './trial.ts'

const run = promisify(execFile)

/** How to run a program for which the repository is an empty folder, where this machine allows it; and whether it does. */
export async function withoutRepository(root: string): Promise<Pick<Trial, 'hidden'> & { how: string }> {
  // A mount namespace is root's to make, or that of whoever is root in a namespace of users.
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user']
  const script = 'mount -t tmpfs none "$1" && shift && exec "$@"'
  const hidden = (program: readonly string[]): [string, ...string[]] => [
    'unshare',
    '--mount',
    ...asRoot,
    ...['sh', '-c', script, 'sh', root],
    ...program,
  ]
  const [file, ...args] = hidden(['test', '!', '-e', join(root, 'package.json')])
  const works = await run(file, args).then(
    () => true,
    () => false,
  )
  if (works) return { hidden, how: 'its folder was empty for what ran' }
  const open = (plain: readonly string[]): [string, ...string[]] => [plain[0] ?? '', ...plain.slice(1)]
  return { hidden: open, how: 'not here: mount namespaces are not allowed; the copy lies elsewhere' }
}
