import { spawn } from 'node:child_process'
import { AppImageUpdater } from 'electron-updater'
import type { InstallOptions } from 'electron-updater/out/BaseUpdater.js'
import type { Downloaded, PackageUpdater, ReadyInstall } from './package-updater.ts'
import { adapterOf, prepareUpdater, type ReleaseSource } from './prepare-updater.ts'
import { removeStaged, type StagedFile, stageFile } from './replace-file.ts'

/** What the runtime of the former AppImage set for itself, and what was meant for one start only. */
const ofTheFormer = [
  'APPIMAGE',
  'APPDIR',
  'ARGV0',
  'OWD',
  'LD_LIBRARY_PATH',
  'GSETTINGS_SCHEMA_DIR',
  'MOLTBOT_READY_FILE',
]

interface AppImageParts {
  /** Of the file that runs: `$APPIMAGE`, without links. */
  readonly target: string
  readonly version: string
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly source: ReleaseSource
  quit(): void
  /** An error that came after the last word to the owner could be said. */
  said(error: Error): void
}

/**
 * An AppImage is one file, and stays under its name: desktop entries and the login item know it by that.
 * electron-updater would remove it before it moves the new one there; a kill between the two left none.
 */
export function appImagePackage(parts: AppImageParts): PackageUpdater {
  const updater = new ReplacingUpdater(parts)
  prepareUpdater(updater, parts.source, parts.folder)
  return {
    updater,
    async makeReady({ path, manifest }: Downloaded): Promise<ReadyInstall> {
      const staged = await stageFile(path, parts.target, manifest.file)
      return {
        finish(reopens) {
          updater.finish(staged, reopens)
          return true
        },
        discard: () => staged.discard(),
      }
    },
    tidy: () => removeStaged(parts.target),
    reopen: () => updater.open(),
  }
}

class ReplacingUpdater extends AppImageUpdater {
  readonly #parts: AppImageParts
  #staged: StagedFile | null = null

  constructor(parts: AppImageParts) {
    super(null, adapterOf({ ...parts, relaunch() {} }))
    this.#parts = parts
  }

  finish(staged: StagedFile, reopens: boolean): void {
    this.#staged = staged
    let why: Error | null = null
    const note = (error: Error) => {
      why = error
    }
    this.once('error', note)
    const isInstalled = this.install(true, reopens)
    this.off('error', note)
    if (!isInstalled) throw why ?? new Error('it was not installed')
  }

  protected override doInstall({ isForceRunAfter }: InstallOptions): boolean {
    this.#staged?.commit()
    if (isForceRunAfter) this.open()
    return this.#staged !== null
  }

  open(): void {
    const { target, env, said } = this.#parts
    const child = spawn(target, [], { detached: true, stdio: 'ignore', env: withoutFormer(env) })
    child.on('error', said)
    child.unref()
  }
}

/** Its mount goes with it: whoever makes that folder anew would have its programs found first. */
function withoutFormer(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !ofTheFormer.includes(name)))
  const { APPDIR } = env
  for (const name of APPDIR ? ['PATH', 'XDG_DATA_DIRS'] : []) {
    const entries = clean[name]?.split(':').filter((entry) => !`${entry}/`.startsWith(`${APPDIR}/`))
    if (entries) clean[name] = entries.join(':')
  }
  return clean
}
