import { build, isBuilt } from './building.mjs'
import { endChildren } from './child.mjs'
import { explainFileFailure } from './install-failure.mjs'
import { install, isInstalled } from './installing.mjs'
import { withLock } from './lock.mjs'
import { PreparationError } from './preparation-error.mjs'
import { root } from './root.mjs'

/**
 * Installs the packages and builds, each only where needed.
 * @param {string[]} args `--install-only` leaves out the build
 */
export async function run(args) {
  const installOnly = args.includes('--install-only')
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => void endChildren().then(() => process.exit(130)))

  const isReady = () => isInstalled(root) && (installOnly || isBuilt(root))
  try {
    if (isReady()) return
    await withLock(root, async () => {
      // Asked again under the lock: another start may have done the work meanwhile.
      if (!isInstalled(root)) await install(root)
      if (!installOnly && !isBuilt(root)) await build(root)
    })
  } catch (error) {
    const explained = error instanceof PreparationError ? error.message : explainFileFailure(error)
    if (explained === null) throw error
    console.error(`\n${explained}`)
    process.exitCode = 1
  }
}
