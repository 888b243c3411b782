import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { downloadArtifact } from '@electron/get'
import { showDownload } from './show-download.ts'
import { whileHeard } from './while-heard.ts'

/** Where the executable lies in the archive; Electron's own installer writes the same into `path.txt`. */
const inside = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'

/**
 * Fetches the runtime of the installed package `electron` and puts it where that package looks for it;
 * mirror and cache are those of Electron's own installer. What is half done is never seen: it lies under
 * another name until it is whole. Only under the lock of the preparation.
 */
export async function installElectron(
  root: string,
  stallMs: number,
  interrupted: AbortSignal,
): Promise<void> {
  const folder = join(root, 'node_modules', 'electron')
  const { version } = readJson<{ version: string }>(join(folder, 'package.json'))
  // Another start may have done it while this one waited for the lock.
  if (hasRuntime(folder, version)) return
  const temporary = join(root, 'dist', '.electron-download')
  removeLeftovers(folder, temporary)
  try {
    mkdirSync(temporary)
    const archive = await download(folder, version, temporary, stallMs, interrupted)
    await unpack(archive, folder)
  } finally {
    removeLeftovers(folder, temporary)
  }
}

async function download(
  folder: string,
  version: string,
  tempDirectory: string,
  stallMs: number,
  interrupted: AbortSignal,
): Promise<string> {
  const progress = showDownload(`Electron ${version}`)
  try {
    return await whileHeard(stallMs, interrupted, (signal, heard) =>
      downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums: readJson<Record<string, string>>(join(folder, 'checksums.json')),
        tempDirectory,
        ...(process.env.electron_config_cache ? { cacheRoot: process.env.electron_config_cache } : {}),
        downloadOptions: {
          signal,
          quiet: true,
          getProgressCallback: async ({
            transferred,
            total,
          }: {
            transferred: number
            total: number | null
          }) => {
            heard()
            progress.progressed(transferred, total)
          },
        },
      }),
    )
  } finally {
    progress.end()
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  // A native add-on, which some machines refuse to load: only where something is to unpack.
  const { extract } = await import('@electron-internal/extract-zip')
  const fresh = join(folder, `.dist-${process.pid}`)
  await extract(archive, { dir: fresh })
  accessSync(join(fresh, inside), constants.X_OK)
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  renameSync(fresh, join(folder, 'dist'))
  writeFileSync(join(folder, 'path.txt'), inside)
}

function hasRuntime(folder: string, version: string): boolean {
  try {
    accessSync(join(folder, 'dist', inside), constants.X_OK)
    return (
      readFileSync(join(folder, 'dist', 'version'), 'utf8')
        .trim()
        .replace(/^v/, '') === version
    )
  } catch {
    return false
  }
}

/** Also what a start left that was killed in the middle. */
function removeLeftovers(folder: string, temporary: string): void {
  rmSync(temporary, { recursive: true, force: true })
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.dist-')) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** A file of the package `electron`, whose shape its version fixes. */
function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'))
}
