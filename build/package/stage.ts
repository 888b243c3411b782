import { createHash } from 'node:crypto'
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { PackageKind } from '../../shared/release-manifest.ts'
import { contentsName, type RuntimeContents } from '../../shared/runtime-contents.ts'
import { fetchPackage } from './fetch-package.ts'
import { filesBelow } from './files-below.ts'
import { isKept } from './kept-files.ts'
import { nativePackages, plainPackages } from './native-packages.ts'
import { thirdPartyNotices } from './notices.ts'
import { PackagingError } from './packaging-error.ts'
import { plainNode } from './plain-node.ts'
import { readProgramTarget } from './program-target.ts'
import { releaseRecord } from './release-record.ts'
import { isSameTarget, type Target, titleOf } from './target.ts'

export interface Stage {
  /** Goes into the archive: what Electron itself runs. */
  readonly app: string
  /** Goes beside it: what a plain Node runs, that Node, the page, and the packages that cannot be bundled. */
  readonly resources: string
}

interface StageParts {
  readonly root: string
  readonly folder: string
  readonly target: Target
  readonly kind: PackageKind
  readonly env: NodeJS.ProcessEnv
}

/** Lays out all that a package has besides Electron. Takes the last build; each file is named or matched here. */
export async function stagePackage({ root, folder, target, kind, env }: StageParts): Promise<Stage> {
  rmSync(folder, { recursive: true, force: true })
  const stage = { app: join(folder, 'app'), resources: join(folder, 'resources') }
  const cache = join(dirname(folder), 'fetched')
  const current = join(root, 'dist', 'current')
  if (!existsSync(current)) throw new PackagingError('There is no build to pack. Run `npm run build` first.')
  const build = realpathSync(current)

  stageApp(root, join(build, 'app'), stage.app)
  stageRuntime(build, stage.resources)
  copy(await plainNode(root, target, cache), join(stage.resources, 'node'), 0o755)
  copy(join(root, 'build/launch/moltbot'), join(stage.resources, 'moltbot'), 0o755)
  for (const name of plainPackages)
    stagePackageFiles(name, join(root, 'node_modules', name), stage.resources, [])
  for (const { name, file, executables } of nativePackages(target)) {
    const from = await installedOrFetched(name, root, cache)
    const found = readProgramTarget(join(from, file))
    if (!isSameTarget(target, found)) throw new PackagingError(`${name} has nothing for ${titleOf(target)}.`)
    stagePackageFiles(name, from, stage.resources, executables)
  }
  if (target.platform === 'linux') writeContents(root, stage.resources)

  copy(join(root, 'LICENSE'), join(stage.resources, 'LICENSE.txt'), 0o644)
  writeFileSync(join(stage.resources, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(root))
  const release = releaseRecord(env, kind)
  if (release) writeFileSync(join(stage.resources, 'release.json'), `${JSON.stringify(release, null, 2)}\n`)
  return stage
}

function stageApp(root: string, built: string, app: string): void {
  for (const name of readdirSync(built).filter(isDesktopScript))
    copy(join(built, name), join(app, name), 0o644)
  for (const path of filesBelow(join(built, 'icons'))) {
    copy(join(built, 'icons', path), join(app, 'icons', path), 0o644)
  }
  const { name, version, description, license, desktopName } = readPackage(root)
  const metadata = { name, version, description, license, type: 'module', main: 'desktop.mjs', desktopName }
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(metadata, null, 2)}\n`)
}

function stageRuntime(build: string, resources: string): void {
  const scripts = readdirSync(join(build, 'app')).filter(
    (name) => name.endsWith('.mjs') && !isDesktopScript(name),
  )
  for (const name of scripts) copy(join(build, 'app', name), join(resources, 'app', name), 0o644)
  for (const path of filesBelow(join(build, 'renderer'))) {
    copy(join(build, 'renderer', path), join(resources, 'renderer', path), 0o644)
  }
}

function stagePackageFiles(
  name: string,
  from: string,
  resources: string,
  executables: readonly string[],
): void {
  for (const path of filesBelow(from).filter((file) => isKept(name, file))) {
    const mode = executables.includes(path) ? 0o755 : 0o644
    copy(join(from, path), join(resources, 'node_modules', name, path), mode)
  }
}

/** The build makes one folder for both; what Electron runs has `desktop` at the beginning of its name. */
export function isDesktopScript(name: string): boolean {
  return /^desktop(-.+)?\.mjs$/.test(name) || name === 'preload.cjs'
}

async function installedOrFetched(name: string, root: string, cache: string): Promise<string> {
  const installed = join(root, 'node_modules', name)
  if (existsSync(installed)) return installed
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {}
  if (!version || !integrity) throw new PackagingError(`package-lock.json has no ${name}.`)
  return fetchPackage({ name, version, integrity }, root, cache)
}

/** For whoever copies the runtime elsewhere; see `host/runtime/copy-runtime.ts`. */
function writeContents(root: string, resources: string): void {
  const files = filesBelow(resources).map((path) => {
    const bytes = readFileSync(join(resources, path))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const isExecutable = (statSync(join(resources, path)).mode & 0o100) !== 0
    return { path, bytes: bytes.length, sha256, isExecutable }
  })
  const contents: RuntimeContents = { version: readPackage(root).version, files }
  writeFileSync(join(resources, contentsName), `${JSON.stringify(contents)}\n`)
}

function readPackage(root: string) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
}

function copy(from: string, to: string, mode: number): void {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to, constants.COPYFILE_FICLONE)
  chmodSync(to, mode)
}
