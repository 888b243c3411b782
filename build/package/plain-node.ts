import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPackage } from './fetch-package.ts'
import { nodePackages } from './native-packages.ts'
import { PackagingError } from './packaging-error.ts'
import { readProgramTarget } from './program-target.ts'
import { isSameTarget, ownTarget, type Target, titleOf } from './target.ts'

/**
 * The plain Node that goes into a package: the one named in `MOLTBOT_PACKAGE_NODE`, else the repository's,
 * else its platform's package of the registry. Always of the version that the repository is tested with.
 */
export async function plainNode(root: string, target: Target, cache: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'))
  const named = process.env.MOLTBOT_PACKAGE_NODE
  const own = join(root, 'node_modules/node/bin/node')
  const isOwn = isSameTarget(target, ownTarget())
  const path = named || (isOwn && existsSync(own) ? own : await fetchNode(root, target, version, cache))
  const found = readProgramTarget(path)
  if (!isSameTarget(target, found)) {
    throw new PackagingError(`${path} is no program for ${titleOf(target)}.`)
  }
  if (isOwn) {
    const said = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
    if (said !== `v${version}`)
      throw new PackagingError(`${path} is Node ${said}, and should be v${version}.`)
  }
  return path
}

async function fetchNode(root: string, target: Target, version: string, cache: string): Promise<string> {
  const { name, integrity } = nodePackages[`${target.platform}-${target.arch}`]
  if (integrity === null) {
    throw new PackagingError(
      `The registry has no Node ${version} for ${titleOf(target)} (${name}). ` +
        'Build on such a machine, or name the program in MOLTBOT_PACKAGE_NODE: ' +
        `bin/node of https://nodejs.org/dist/v${version}/node-v${version}-${target.platform}-${target.arch}.tar.gz`,
    )
  }
  return join(await fetchPackage({ name, version, integrity }, root, cache), 'bin', 'node')
}
