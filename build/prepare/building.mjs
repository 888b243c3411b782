import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runLogged } from './child.mjs'
import { PreparationError } from './preparation-error.mjs'
import { withProgress } from './progress.mjs'
import { sourceDigest } from './source-digest.mjs'

/** @param {string} root */
export function isBuilt(root) {
  try {
    return readFileSync(join(root, 'dist', 'current', 'sources'), 'utf8') === sourceDigest(root)
  } catch {
    return false
  }
}

/** @param {string} root */
export async function build(root) {
  const logPath = join(root, 'dist', 'build.log')
  await withProgress({ doing: 'Building', done: 'Built' }, async () => {
    const { code } = await runLogged(
      join(root, 'node_modules', 'node', 'bin', 'node'),
      [join(root, 'build', 'bundle.ts')],
      { cwd: root, env: process.env, logPath },
    )
    if (code === 0) return
    const log = readFileSync(logPath, 'utf8').trimEnd()
    throw new PreparationError(`The build failed. Its log, ${logPath}:\n${log}`)
  })
}
