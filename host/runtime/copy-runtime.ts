import { randomBytes } from 'node:crypto'
import {
  chmod,
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { contentsName, type RuntimeContents, type RuntimeFile } from '../../shared/runtime-contents.ts'
import { firstUnlike, readContents, sha256Of } from './runtime-contents.ts'

/** Always the copy that was used last: for what outlives one version, such as a unit of the service manager. */
const currentName = 'current'
const unfinished = '.new-'
/** Of files that are copied, and whose bytes are brought to the disk, at the same time. */
const atOnce = 16

interface CopyRuntimeParts {
  /** With `runtime.json`. */
  readonly source: string
  /** Holds one folder a version and the link `current`; made where it is missing. */
  readonly folder: string
  /** Of each process of this user, the program it runs; what still runs from an old copy keeps it. */
  programsInUse(): Promise<readonly string[]>
}

/**
 * A copy of a package's runtime that stays when the package's own folder goes, as an AppImage's mount does
 * with the application. Returns the folder of the copy. Whoever is killed on the way leaves the last copy or
 * the new one under `current`, and either is whole. Throws where the disk refuses or the source is damaged.
 */
export async function copyRuntime(parts: CopyRuntimeParts): Promise<string> {
  const { source, folder } = parts
  const { contents, text } = await readContents(source)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = (await findCopy(folder, contents, text)) ?? (await makeCopy(parts, contents))
  await pointTo(folder, name)
  await prune(parts, name).catch(() => {}) // a leftover costs room, no more; the next start tries again
  return join(folder, name)
}

/** A whole copy of just these contents, whichever name it has. */
async function findCopy(folder: string, contents: RuntimeContents, text: string): Promise<string | null> {
  for (const name of await copyNames(folder)) {
    const found = await readFile(join(folder, name, contentsName), 'utf8').catch(() => null)
    if (found === text && (await firstUnlike(join(folder, name), contents.files)) === null) return name
  }
  return null
}

async function makeCopy({ source, folder }: CopyRuntimeParts, contents: RuntimeContents): Promise<string> {
  const fresh = join(folder, `${unfinished}${randomBytes(6).toString('hex')}`)
  try {
    const folders = new Set(contents.files.map(({ path }) => dirname(join(fresh, path))))
    for (const path of folders) await mkdir(path, { recursive: true, mode: 0o700 })
    await copyFiles(source, fresh, contents)
    await copyFile(join(source, contentsName), join(fresh, contentsName))
    await synced(join(fresh, contentsName))
    for (const path of [...folders, fresh]) await synced(path)
    const name = await freeName(folder, contents.version)
    await rename(fresh, join(folder, name))
    await synced(folder)
    return name
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
}

async function copyFiles(source: string, fresh: string, { files }: RuntimeContents): Promise<void> {
  const rest = [...files]
  const copyRest = async () => {
    for (let file = rest.pop(); file; file = rest.pop()) await copyOne(source, fresh, file)
  }
  const copying = Array.from({ length: atOnce }, copyRest)
  for (const copy of copying) copy.catch(() => rest.splice(0))
  // Also after a failure all must have ended: the others still write into the folder.
  await Promise.allSettled(copying)
  await Promise.all(copying)
}

async function copyOne(source: string, fresh: string, file: RuntimeFile): Promise<void> {
  const path = join(fresh, file.path)
  await copyFile(join(source, file.path), path)
  await chmod(path, file.isExecutable ? 0o700 : 0o600)
  await synced(path)
  if ((await sha256Of(path)) !== file.sha256) throw new Error(`${file.path} is damaged in this package`)
}

/** A damaged copy keeps its name, and what still runs from it its files. */
async function freeName(folder: string, version: string): Promise<string> {
  const taken = new Set(await readdir(folder))
  const wanted = version.replaceAll(/[^\w.+-]/g, '_')
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
  return name
}

async function pointTo(folder: string, name: string): Promise<void> {
  const link = join(folder, currentName)
  if ((await readlink(link).catch(() => null)) === name) return
  const fresh = join(folder, `${unfinished}${randomBytes(6).toString('hex')}`)
  await symlink(name, fresh)
  await rename(fresh, link)
  await synced(folder)
}

/** Only the host of this user comes here, and it holds the host lock: nobody else is copying. */
async function prune({ folder, programsInUse }: CopyRuntimeParts, kept: string): Promise<void> {
  const [inUse, real] = await Promise.all([programsInUse(), realpath(folder)]) // as the kernel names programs
  const isUsed = (name: string) => inUse.some((program) => program.startsWith(`${join(real, name)}/`))
  for (const name of await readdir(folder)) {
    if (name === kept || name === currentName || isUsed(name)) continue
    await rm(join(folder, name), { recursive: true, force: true })
  }
}

async function copyNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
