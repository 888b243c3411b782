import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PackagingError } from './packaging-error.ts'

const run = promisify(execFile)

interface WantedPackage {
  readonly name: string
  readonly version: string
  /** `sha512-…`, as package-lock.json has it. */
  readonly integrity: string
}

/**
 * Unpacks a package of the registry below `cache`, whose bytes must be those that `integrity` names, and
 * returns the folder. Whatever registry, proxy and certificates npm is set up for count.
 */
export async function fetchPackage(
  wanted: WantedPackage,
  root: string,
  cache: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { name, version, integrity } = wanted
  const folder = join(cache, `${name.replace('/', '-')}-${version}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const npm = join(root, 'node_modules', 'npm', 'bin', 'npm-cli.js')
  const args = ['pack', `${name}@${version}`, '--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await run(process.execPath, [npm, ...args], { cwd: folder, env }).catch(
    (error: Error) => {
      throw new PackagingError(`${name}@${version} cannot be downloaded: ${error.message}`)
    },
  )
  // A list until npm 12, by name since.
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>)
  if (!packed) throw new PackagingError(`npm packed nothing of ${name}@${version}.`)
  const tarball = join(folder, packed.filename)
  const found = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`
  if (found !== integrity) {
    throw new PackagingError(
      `${name}@${version} is ${found}, and should be ${integrity}. Nothing was packed.`,
    )
  }
  await run('tar', ['-xzf', tarball, '-C', folder, '--no-same-owner'])
  return join(folder, 'package')
}
