import { closeSync, constants, openSync } from 'node:fs'
import { ProblemError } from '../../../shared/problem.ts'
import type { CompareRequest, CompareResult, Difference, WorkHooks } from './archive-contract.ts'
import type { ContentEntry, Contents } from './contents.ts'
import { hashUpTo } from './copy-file.ts'
import { externalConfigName } from './manifest.ts'
import { openBackup } from './open-backup.ts'
import { readContents } from './read-contents.ts'
import { findRoots, type ListedFile, type StateRoots, walkState } from './walk-state.ts'

const maxExamples = 30
const whatsAppKeys = /^state\/credentials\/(?:whatsapp\/|creds\.json)/

/** Reads and checks all of a backup, and says where the present state differs. Throws the problem. */
export async function compareWithState(request: CompareRequest, hooks: WorkHooks): Promise<CompareResult> {
  const { path, opening, stateDir, configPath } = request
  const backup = await openBackup(path, opening)
  try {
    const contents = await readContents(backup, hooks)
    const { roots, files } = present(stateDir, configPath)
    return {
      about: contents.about,
      digest: contents.digest,
      difference: differ(placed(contents, roots), files, touched(contents), hooks),
    }
  } finally {
    backup.close()
  }
}

/** The files of the backup by where they would come to lie here: the configuration's place is the machine's. */
function placed({ entries }: Contents, roots: StateRoots | null): Map<string, ContentEntry> {
  const files = new Map([...entries].filter(([, { isFolder }]) => !isFolder))
  const isExternalHere = roots !== null && roots.externalConfig !== null
  const from = isExternalHere
    ? ['state/moltbot.json', 'state/clawdbot.json'].find((name) => files.has(name))
    : externalConfigName
  const to = isExternalHere ? externalConfigName : (roots?.configName ?? 'state/moltbot.json')
  const config = from === undefined ? undefined : files.get(from)
  if (from === undefined || !config || (isExternalHere && files.has(externalConfigName))) return files
  files.delete(from)
  return files.set(to, config)
}

/** The uppermost names that a restore would replace; null: all. */
function touched({ about, entries }: Contents): ReadonlySet<string> | null {
  if (about.format === 'moltbot') return null
  return new Set([...entries.keys()].map(topOf))
}

function topOf(place: string): string {
  return place.split('/', 2).join('/')
}

function present(stateDir: string, configPath: string) {
  try {
    const roots = findRoots(stateDir, configPath)
    return { roots, files: walkState(roots).files }
  } catch (error) {
    const isNothing = error instanceof ProblemError && error.problem.code === 'BACKUP_NOTHING_THERE'
    if (!isNothing) throw error
    return { roots: null, files: new Map<string, ListedFile>() }
  }
}

function differ(
  wanted: ReadonlyMap<string, ContentEntry>,
  there: ReadonlyMap<string, ListedFile>,
  tops: ReadonlySet<string> | null,
  hooks: WorkHooks,
): Difference {
  const counts = { added: 0, changed: 0, same: 0, removed: 0 }
  const examples: Difference['examples'] = []
  let mayNeedRelink = false
  const count = (change: 'added' | 'changed' | 'removed', place: string) => {
    counts[change] += 1
    if (examples.length < maxExamples) examples.push({ change, path: place.replace(/^state\//, '') })
    if (whatsAppKeys.test(place)) mayNeedRelink = true
  }
  const total = [...wanted.values()].reduce((sum, { size }) => sum + size, 0)
  let done = 0
  for (const [place, entry] of [...wanted].sort(byName)) {
    hooks.progress({ step: 'comparing', done, total })
    const file = there.get(place)
    if (!file) count('added', place)
    else if (file.size !== entry.size || hashOf(file) !== entry.sha256) count('changed', place)
    else counts.same += 1
    done += entry.size
  }
  for (const [place] of [...there].sort(byName)) {
    if (!wanted.has(place) && (tops === null || tops.has(topOf(place)))) count('removed', place)
  }
  return { ...counts, examples, mayNeedRelink }
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}

/** Null where it cannot be read: then it is not what the backup has. */
function hashOf({ path }: ListedFile): string | null {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
    try {
      return hashUpTo(file, Number.MAX_SAFE_INTEGER).sha256
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}
