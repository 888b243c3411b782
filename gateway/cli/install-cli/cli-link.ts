import { existsSync } from 'node:fs'
import { lstat, mkdir, open, readlink, realpath, rename, symlink, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { keepBeside } from '../../../host/files/keep-beside.ts'
import { type Problem, problem } from '../../../shared/problem.ts'

export const linkName = 'moltbot'

export type FoundLink =
  | { readonly whose: 'absent' }
  /** Leads to the launcher that was asked about. */
  | { readonly whose: 'ours' }
  /** Leads to the launcher of another copy of this program, or to where one was. */
  | { readonly whose: 'otherCopy'; readonly what: string }
  | { readonly whose: 'foreign'; readonly what: string }

/** What stands at `path`, where a link to `launcher` is wanted. Nothing is started. */
export async function readCliLink(path: string, launcher: string): Promise<FoundLink> {
  const stats = await lstat(path).catch(() => null)
  if (!stats) return { whose: 'absent' }
  if (!stats.isSymbolicLink()) return { whose: 'foreign', what: stats.isDirectory() ? 'a folder' : 'a file' }
  const to = await readlink(path)
  const what = `→ ${to}`
  const named = resolve(await realpath(dirname(path)), to)
  const [real, wanted] = await Promise.all([realOf(named), realOf(launcher)])
  if (named === launcher || (real !== null && real === wanted)) return { whose: 'ours' }
  const isCopy = real === null ? launcherPlace.test(named) : await isLauncher(real)
  return { whose: isCopy ? 'otherCopy' : 'foreign', what }
}

export type LinkOutcome =
  | {
      readonly ok: true
      readonly result: 'created' | 'replaced' | 'unchanged'
      readonly former: string | null
    }
  | ({ readonly ok: false } & Problem<'CLI_LINK_FOREIGN' | 'CLI_LINK_NOT_WRITTEN'>)

/**
 * Makes the link, or leaves it where it is right already. Something that is no link of ours is replaced only
 * with `force`, and stays beside it; `former` says what the link led to, or where the other thing is.
 */
export async function makeCliLink(path: string, launcher: string, force: boolean): Promise<LinkOutcome> {
  try {
    const folder = dirname(path)
    await mkdir(folder, { recursive: true })
    if (join(await realpath(folder), basename(path)) === (await realpath(launcher))) {
      return { ok: false, ...problem('CLI_LINK_FOREIGN', { path, what: 'the command itself' }) }
    }
    const found = await readCliLink(path, launcher)
    switch (found.whose) {
      case 'ours':
        return { ok: true, result: 'unchanged', former: null }
      case 'absent':
        await symlink(launcher, path)
        return { ok: true, result: 'created', former: null }
      case 'otherCopy':
        await replaceLink(path, launcher)
        return { ok: true, result: 'replaced', former: found.what }
      case 'foreign': {
        if (!force) return { ok: false, ...problem('CLI_LINK_FOREIGN', { path, what: found.what }) }
        const former = await keepBeside(path)
        await symlink(launcher, path)
        return { ok: true, result: 'replaced', former }
      }
    }
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? String(error)
    return { ok: false, ...problem('CLI_LINK_NOT_WRITTEN', { path, detail }) }
  }
}

/** Where launchers of this program lie: of a repository, of an AppImage's copies, of a package. */
const launcherPlace = /\/(?:dist|moltbot-desktop\/host[^/]*\/runtime\/current|[Rr]esources)\/moltbot$/

const firstWords = '#!/bin/sh\n# The `moltbot` command: runs the bundle beside it under the right Node.\n'

/** By what it says of itself, and by the script that it runs. */
async function isLauncher(file: string): Promise<boolean> {
  if (basename(file) !== linkName || !existsSync(join(dirname(file), 'app', 'moltbot.mjs'))) return false
  const handle = await open(file, 'r').catch(() => null)
  if (!handle) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstWords.length), 0, firstWords.length, 0)
    return buffer.toString('utf8', 0, bytesRead) === firstWords
  } finally {
    await handle.close()
  }
}

/** At once: no moment is without the command. */
async function replaceLink(path: string, launcher: string): Promise<void> {
  const fresh = `${path}.${process.pid}.new`
  await symlink(launcher, fresh)
  await rename(fresh, path).catch(async (error: Error) => {
    await unlink(fresh)
    throw error
  })
}

function realOf(path: string): Promise<string | null> {
  return realpath(path).catch(() => null)
}
