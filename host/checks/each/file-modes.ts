import { stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { FindingLevel } from '../../../shared/checks.ts'
import type { Problem } from '../../../shared/problem.ts'
import { userName } from '../../processes/user-name.ts'
import { lstatOrNull, makePrivate, modeText, othersMayDoAnything, othersMayWrite } from '../file-mode.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'
import { walk, walkLimit } from '../private-files.ts'

/** Folders of the state with secrets or messages in them, and how deep those lie. */
const folders = [
  ['credentials', 5],
  ['agents', 4],
  ['sessions', 2],
] as const
const maxNamed = 20
/** Asked for together: one after the other, thousands of sessions would take seconds. */
const atOnce = 64

interface Entry {
  readonly path: string
  readonly mode: number
  readonly uid: number
}

/** Who else may read or write what only the owner should: configuration, `.env`, credentials, messages. */
export const fileModesCheck: Check = {
  name: 'fileModes',
  async look(ground) {
    const { statePaths, uid } = ground
    const { envFilePath, stateDir } = statePaths
    const findings: Found[] = []
    const foreign: Entry[] = []
    const note = (entry: Entry | null): entry is Entry => {
      if (entry && entry.uid !== uid) foreign.push(entry)
      return entry !== null && entry.uid === uid && (entry.mode & othersMayDoAnything) !== 0
    }

    for (const path of await configFiles(ground)) {
      const entry = await entryAt(path)
      if (!note(entry)) continue
      const facts = { path, mode: modeText(entry.mode) }
      const mend = () => makePrivate(path, uid)
      if (entry.mode & othersMayWrite) findings.push(found('configWritable', 'critical', facts, { mend }))
      else findings.push(found('configOpen', worldLevel(entry), facts, { mend }))
    }
    const envFile = await entryAt(envFilePath)
    if (note(envFile)) {
      const facts = { path: envFilePath, mode: modeText(envFile.mode) }
      const mend = () => makePrivate(envFilePath, uid)
      findings.push(found('envFileOpen', worldLevel(envFile), facts, { mend }))
    }

    const { open, isCut } = await openBelow(stateDir, note)
    const [first] = open
    if (first) {
      const evidence = named(open)
      const mend = () => makeAllPrivate(open, uid)
      const level = open.some(({ mode }) => mode & othersMayWrite) ? 'critical' : 'warn'
      findings.push(found('filesOpen', level, { path: stateDir, count: open.length }, { evidence, mend }))
    }
    const [other] = foreign
    if (other) {
      const facts = { path: stateDir, count: foreign.length, user: await userName(other.uid) }
      findings.push(found('filesForeign', 'warn', facts, { evidence: named(foreign) }))
    }
    if (isCut) {
      findings.push(found('filesTooMany', 'info', { path: stateDir, limit: walkLimit }, { isNote: true }))
    }
    return findings
  },
}

/** The file itself and what it includes; links are left out, they are somebody's own arrangement. */
async function configFiles({ statePaths, tree }: Ground): Promise<string[]> {
  const read = await tree()
  return [...new Set([statePaths.configPath, ...(read.ok ? read.sources : [])])]
}

/**
 * Credentials are to be private by themselves: copies take their modes along. Messages are open to others only
 * where the state folder lets those in.
 */
async function openBelow(stateDir: string, isOpen: (entry: Entry | null) => boolean) {
  // Also through a link it is the folder that lets others in, or does not.
  const state = await stat(stateDir).catch(() => null)
  const isShielded = state !== null && (state.mode & othersMayDoAnything) === 0
  const open: Entry[] = []
  const seen = { count: 0 }
  const judge = async (paths: readonly string[]) => {
    for (const entry of await Promise.all(paths.map(entryAt))) {
      if (isOpen(entry) && entry && (!isShielded || isCredential(stateDir, entry.path))) open.push(entry)
    }
  }
  for (const [name, depth] of folders) {
    const top = join(stateDir, name)
    if (!(await entryAt(top))) continue // what a link leads to is not looked into
    let paths = [top]
    for await (const { path, kind } of walk(top, depth, seen)) {
      if (kind === 'file' && !isPrivateFile(name, path)) continue
      paths.push(path)
      if (paths.length < atOnce) continue
      await judge(paths)
      paths = []
    }
    await judge(paths)
  }
  return { open, isCut: seen.count > walkLimit }
}

function isCredential(stateDir: string, path: string): boolean {
  const [top, , folder] = relative(stateDir, path).split(sep)
  return top === 'credentials' || (top === 'agents' && folder === 'agent')
}

/** Workspaces of agents are files to work on, with whatever mode that needs. */
function isPrivateFile(folder: string, path: string): boolean {
  return folder !== 'agents' || /\/(?:agent|sessions)\/[^/]+$/.test(path)
}

function worldLevel({ mode }: Entry): FindingLevel {
  return mode & 0o007 ? 'critical' : 'warn'
}

async function entryAt(path: string): Promise<Entry | null> {
  const stats = await lstatOrNull(path).catch(() => null)
  if (!stats || stats.isSymbolicLink()) return null
  return { path, mode: stats.mode, uid: stats.uid }
}

function named(entries: readonly Entry[]): string[] {
  const lines = entries.slice(0, maxNamed).map(({ path, mode }) => `${modeText(mode)} ${path}`)
  return entries.length > maxNamed ? [...lines, `… +${entries.length - maxNamed}`] : lines
}

/** Each that can be; the first that could not be is told. */
async function makeAllPrivate(entries: readonly Entry[], uid: number): Promise<Problem | null> {
  let first: Problem | null = null
  for (let at = 0; at < entries.length; at += atOnce) {
    const some = entries.slice(at, at + atOnce)
    const failed = await Promise.all(some.map(({ path }) => makePrivate(path, uid)))
    first ??= failed.find((problem) => problem !== null) ?? null
  }
  return first
}
