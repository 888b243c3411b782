import { ProblemError, problem } from '../../../shared/problem.ts'
import type { ContentEntry } from './contents.ts'
import { damaged, refused } from './fault.ts'
import { Places } from './manifest.ts'
import { isLeftOut, whyUnfit } from './names.ts'
import type { OpenBackup } from './open-backup.ts'
import type { Collector } from './read-contents.ts'
import type { GatedHeader, TarGate } from './tar-gate.ts'

const maxBytes = 8 * 1024 ** 3
/** From here on a backup that unpacks to more than this many times its size is none. */
const bombFromBytes = 64 * 1024 * 1024
const maxRatio = 200
/** What the manual's script packs; the folder that has one of them is the state's. */
const landmarks = new Set(['moltbot.json', 'clawdbot.json', 'credentials', 'agents'])

/**
 * Takes in a `.tar.gz` without a table of contents, such as the manual's script makes. It says nothing of
 * what it should hold, so that only its form can be checked; it may lie anywhere in the archive.
 */
export function collectPlain({ path, size }: OpenBackup, gate: TarGate): Collector {
  gate.limit = Math.min(maxBytes, Math.max(bombFromBytes, size * maxRatio))
  const places = new Places()
  const found = new Map<string, ContentEntry>()

  return {
    begin(header) {
      const name = plainName(header.name)
      if (name === '') return null // the folder that was packed: `./`
      const unfit = whyUnfit(name) ?? places.add(name, header.isFolder)
      if (unfit) throw refused(header.name, unfit)
      if (header.isFolder) {
        found.set(name, entryOf(header, ''))
        return null
      }
      return { write() {}, end: (sha256) => void found.set(name, entryOf(header, sha256)), abort() {} }
    },

    finish(digest) {
      const base = findBase(found)
      if (base === null) throw new ProblemError(problem('BACKUP_FOREIGN_FILE', { path }))
      const placeOf = (name: string) => placeIn(base, plainName(name))
      const entries = new Map<string, ContentEntry>()
      for (const [name, entry] of found) {
        const isAbove = name === base || base.startsWith(`${name}/`)
        if (!isAbove && base !== '' && !name.startsWith(`${base}/`)) {
          throw refused(name, 'it lies outside of the state folder').asProblem(path)
        }
        const place = placeOf(name)
        if (place !== null) entries.set(place, entry)
      }
      const files = [...entries.values()].filter(({ isFolder }) => !isFolder)
      if (files.length === 0) throw damaged('it is empty').asProblem(path)
      return {
        about: {
          format: 'plainTar',
          createdAt: null,
          madeBy: null,
          machine: null,
          files: files.length,
          bytes: files.reduce((sum, file) => sum + file.size, 0),
          consistency: null,
          secrets: [],
        },
        entries,
        secrets: {},
        placeOf,
        tarLimit: gate.limit,
        digest,
      }
    },
  }
}

/** As `tar -C folder -c .` spells names, and as it does for folders. */
function plainName(name: string): string {
  const inside = name === '.' || name === './' ? '' : name.replace(/^\.\//, '')
  return inside.endsWith('/') ? inside.slice(0, -1) : inside
}

/** The uppermost folder that directly has what a state has; null where there is none, or more than one. */
function findBase(found: ReadonlyMap<string, ContentEntry>): string | null {
  let bases = new Set<string>()
  let depth = Number.POSITIVE_INFINITY
  for (const [name, { isFolder }] of found) {
    const parts = name.split('/')
    // A folder may be there by what is in it alone.
    const at = parts.findIndex((part, index) => {
      if (!landmarks.has(part)) return false
      const isFile = index === parts.length - 1 && !isFolder
      return part.endsWith('.json') === isFile
    })
    if (at === -1 || at > depth) continue
    if (at < depth) bases = new Set()
    depth = at
    bases.add(parts.slice(0, at).join('/'))
  }
  const [base] = bases
  return bases.size === 1 && base !== undefined ? base : null
}

function placeIn(base: string, name: string): string | null {
  if (base !== '' && !name.startsWith(`${base}/`)) return null
  const inside = base === '' ? name : name.slice(base.length + 1)
  const last = inside.slice(inside.lastIndexOf('/') + 1)
  // macOS' tar keeps what its file system knows besides in files like these.
  return inside === '' || isLeftOut(inside) || last.startsWith('._') ? null : `state/${inside}`
}

function entryOf({ isFolder, size, mode, mtimeMs }: GatedHeader, sha256: string): ContentEntry {
  return { isFolder, size, sha256, mtimeMs, isExecutable: !isFolder && (mode & 0o100) !== 0 }
}
