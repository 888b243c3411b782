import { readFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AfterPackContext, Arch, build, Platform } from 'electron-builder'
import type { PackageKind } from '../../shared/release-manifest.ts'
import { configurationFor } from './configuration.ts'
import { writeDebScripts } from './deb-scripts.ts'
import { desktopEntryOf } from './desktop-entry.ts'
import { setFuses } from './fuses.ts'
import { packagePlaces } from './package-places.ts'
import { PackagingError } from './packaging-error.ts'
import { stagePackage } from './stage.ts'
import type { Target } from './target.ts'
import { wrongFiles } from './wrong-files.ts'

interface PackageParts {
  readonly root: string
  readonly target: Target
  readonly kind: PackageKind
  readonly output: string
  readonly electronDist: string | null
  readonly env: NodeJS.ProcessEnv
  /** Leaves it at the unpacked folder. */
  readonly unpackedOnly: boolean
  /** Takes the menu entry that a deb would install. */
  desktopEntry?(text: string): void
}

/** Packs the last build for one target. Returns the packages, or the unpacked folder alone. Throws a PackagingError. */
export async function packageApp(parts: PackageParts): Promise<string[]> {
  // What is installed for everybody must not depend on what whoever builds it keeps to himself, or shares.
  const before = process.umask(0o022)
  try {
    return await pack(parts)
  } finally {
    process.umask(before)
  }
}

async function pack(parts: PackageParts): Promise<string[]> {
  const { root, target, kind, output, electronDist, env, unpackedOnly } = parts
  const folder = join(output, '.stage', `${target.platform}-${target.arch}-${kind}`)
  const stage = await stagePackage({ root, folder, target, kind, env })
  await removeUnpacked(output)
  const versionOf = (path: string): string => JSON.parse(readFileSync(join(root, path), 'utf8')).version
  const config = configurationFor({
    root,
    target,
    kind,
    stage,
    debScripts: writeDebScripts(root, join(folder, 'deb')),
    output,
    version: versionOf('package.json'),
    electronVersion: versionOf('node_modules/electron/package.json'),
    electronDist,
    maintainer: env.MOLTBOT_PACKAGE_MAINTAINER || 'Moltbot Desktop, built by hand <root@localhost>',
    homepage: env.MOLTBOT_PACKAGE_HOMEPAGE || 'http://localhost/',
    canSign: Boolean(env.CSC_LINK || env.CSC_NAME),
    canNotarize: Boolean(env.APPLE_API_KEY || env.APPLE_ID || env.APPLE_KEYCHAIN_PROFILE),
    afterExtract: removeUnneeded,
    async afterPack(context) {
      await finish(context, target)
      parts.desktopEntry?.(await desktopEntryOf(context))
    },
  })
  const platform = target.platform === 'linux' ? Platform.LINUX : Platform.MAC
  const types = unpackedOnly ? ['dir'] : { appimage: ['AppImage'], deb: ['deb'], dmg: ['dmg', 'zip'] }[kind]
  const targets = platform.createTarget(types, Arch[target.arch])
  return build({ targets, config, projectDir: root, publish: 'never' })
}

/** The unpacked folder of another kind would lend this one what only the other has. */
async function removeUnpacked(output: string): Promise<void> {
  const names = await readdir(output).catch(() => [])
  const old = names.filter((name) => /^linux.*-unpacked$|^mac(-\w+)?$/.test(name))
  for (const name of old) await rm(join(output, name), { recursive: true, force: true })
}

/** Of Electron's distribution: what it shows without an application, and what only an installer reads. */
async function removeUnneeded({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const isMac = packager.platform === Platform.MAC
  const resources = isMac ? join(appOutDir, 'Electron.app/Contents/Resources') : join(appOutDir, 'resources')
  await rm(join(resources, 'default_app.asar'), { force: true })
  await rm(join(appOutDir, 'version'), { force: true })
}

/** Before anything is signed: fuses, and that each file is there, is expected, and has the right mode. */
async function finish({ appOutDir, packager }: AfterPackContext, target: Target): Promise<void> {
  const isMac = target.platform === 'darwin'
  const app = isMac ? join(appOutDir, `${packager.appInfo.productFilename}.app`) : appOutDir
  const { resources, fused } = packagePlaces(app, target)
  await setFuses(fused)
  const wrong = wrongFiles(resources, target)
  if (wrong.length > 0) throw new PackagingError(`The package is not as it should be:\n${wrong.join('\n')}`)
}
