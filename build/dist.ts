import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { PackageKind } from '../shared/release-manifest.ts'
import { packageTitle } from './package/configuration.ts'
import { findingsTable } from './package/findings-table.ts'
import { inspectPackage } from './package/inspect-package.ts'
import { packageApp } from './package/package-app.ts'
import { PackagingError } from './package/packaging-error.ts'
import { isSameTarget, kindsOf, ownTarget, type Target } from './package/target.ts'
import { whyPackingFailed } from './package/why-packing-failed.ts'
import { root } from './prepare/root.mjs'

// `npm run dist [-- --arch x64|arm64] [--kind appimage|deb|dmg]`: the packages of this platform, into release/.
const { values } = parseArgs({ options: { arch: { type: 'string' }, kind: { type: 'string' } } })

try {
  const target = wantedTarget(values.arch)
  const kinds = kindsOf[target.platform].filter((kind) => values.kind === undefined || values.kind === kind)
  if (kinds.length === 0)
    throw new PackagingError(`--kind must be one of ${kindsOf[target.platform].join(', ')}.`)
  const built = spawnSync(process.execPath, [join(root, 'build/bundle.ts')], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(1)
  for (const kind of kinds) await pack(target, kind)
} catch (error) {
  console.error(whyPackingFailed(error))
  process.exitCode = 1
}

async function pack(target: Target, kind: PackageKind): Promise<void> {
  console.log(`\n${packageTitle(target, kind)}`)
  const output = join(root, 'release')
  const electronDist = electronFor(target)
  const made = await packageApp({
    root,
    target,
    kind,
    output,
    electronDist,
    env: process.env,
    unpackedOnly: false,
  })
  for (const path of made) console.log(`  release/${basename(path)}`)
  const findings = await inspectPackage(unpackedIn(output, target), target, root)
  console.log(findingsTable(findings))
  if (findings.some(({ wrong }) => wrong.length > 0))
    throw new PackagingError('The package is not as it should be.')
}

/** Where electron-builder packed from; by its names. */
function unpackedIn(output: string, { platform, arch }: Target): string {
  const suffix = arch === 'x64' ? '' : `-${arch}`
  return platform === 'darwin'
    ? join(output, `mac${suffix}`, 'Moltbot Desktop.app')
    : join(output, `linux${suffix}-unpacked`)
}

function wantedTarget(arch: string | undefined): Target {
  const own = ownTarget()
  if (!own) throw new PackagingError('Packages are built on macOS and Linux, x64 or arm64.')
  if (arch === undefined) return own
  if (arch !== 'x64' && arch !== 'arm64') throw new PackagingError('--arch must be x64 or arm64.')
  return { platform: own.platform, arch }
}

/**
 * A distribution that is here already: the one named, or on Linux the one that `npm start` downloaded. On macOS
 * that one would be packed without Electron's licences; there the archive is taken from the cache of downloads.
 */
function electronFor(target: Target): string | null {
  if (process.env.MOLTBOT_ELECTRON_DIST) return process.env.MOLTBOT_ELECTRON_DIST
  const installed = join(root, 'node_modules/electron/dist')
  const isUsable = target.platform === 'linux' && isSameTarget(target, ownTarget()) && existsSync(installed)
  return isUsable ? installed : null
}
