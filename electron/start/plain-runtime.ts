import { existsSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { linuxPrograms } from '../../host/runtime/linux-programs.ts'
import { saySentence } from '../../host/terminal.ts'
import { appFolder, resourcesFolder } from '../app-folder.ts'

export interface PlainRuntime {
  /** A plain Node, never Electron's: that would need its `RunAsNode` switch. */
  readonly nodePath: string
  /** The script behind the `moltbot` command. */
  readonly entry: string
}

/**
 * What runs under a plain Node, and that Node: beside the application's archive in a package, in the
 * repository otherwise. An AppImage's is copied into the host's folder first, because the mount that it
 * would run from goes with the application.
 */
export async function plainRuntime(hostDir: string, env: NodeJS.ProcessEnv): Promise<PlainRuntime> {
  const resources = resourcesFolder()
  if (resources === null) return inRepository()
  if (!isMounted(resources, env)) return below(resources)
  try {
    const { copyRuntime } = await import('../../host/runtime/copy-runtime.ts')
    const folder = join(hostDir, 'runtime')
    return below(await copyRuntime({ source: resources, folder, programsInUse: linuxPrograms }))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    saySentence(
      `What the gateway runs on could not be copied from this AppImage (${why}). It runs from inside.`,
    )
    return below(resources)
  }
}

/** An AppImage that somebody unpacked says where it lies, too, but stays; there, a copy does no harm. */
export function isMounted(resources: string, env: NodeJS.ProcessEnv): boolean {
  const { APPIMAGE, APPDIR } = env
  if (!APPIMAGE || !APPDIR || !existsSync(APPDIR)) return false
  return realpathSync(resources).startsWith(`${realpathSync(APPDIR)}${sep}`)
}

/**
 * The AppImage that this application runs from, by its path; null where it runs from none. Whatever is started
 * in a terminal of another AppImage, an editor say, has the variables of that one.
 */
export function ownAppImage(env: NodeJS.ProcessEnv, resources = resourcesFolder()): string | null {
  return resources !== null && isMounted(resources, env) ? (env.APPIMAGE ?? null) : null
}

function below(folder: string): PlainRuntime {
  return { nodePath: join(folder, 'node'), entry: join(folder, 'app', 'moltbot.mjs') }
}

/** By the bundle's real path: a later build moves the links, and this host keeps the one it came with. */
function inRepository(): PlainRuntime {
  const app = realpathSync(appFolder())
  const [repository] = app.split('/dist/builds/')
  return {
    nodePath: join(repository ?? app, 'node_modules', 'node', 'bin', 'node'),
    entry: join(app, 'moltbot.mjs'),
  }
}
