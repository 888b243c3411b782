import { secretMaxBytes, secretNamePattern } from '../../../shared/secrets.ts'
import type { ContentEntry } from './contents.ts'
import { damaged, refused } from './fault.ts'
import {
  externalConfigName,
  type Manifest,
  type ManifestEntry,
  manifestName,
  maxManifestBytes,
  parseManifest,
  secretsName,
} from './manifest.ts'
import type { OpenBackup } from './open-backup.ts'
import type { Collector } from './read-contents.ts'
import type { EntrySink } from './read-entries.ts'
import type { GatedHeader, TarGate } from './tar-gate.ts'

const blockBytes = 512
/** A header, and a long one before it. */
const headerBytes = 4 * blockBytes
const slackBytes = 2 * 1024 * 1024
const maxSecrets = 1000
/** Of group and others nothing is taken over; these say that somebody wants more. */
const suspectModes = 0o7002

/** Takes in a backup of our own form: the manifest first, and then exactly what it lists. */
export function collectManifested({ path }: OpenBackup, gate: TarGate): Collector {
  gate.limit = maxManifestBytes + slackBytes
  let manifest: Manifest | null = null
  let secrets: Record<string, string> = {}
  const listed = new Map<string, ManifestEntry>()
  const seen = new Set<string>()

  return {
    begin(header) {
      checkOrigin(header)
      if (manifest === null) {
        if (header.name !== manifestName || header.isFolder) throw damaged('its table of contents is missing')
        if (header.size > maxManifestBytes) throw refused(manifestName, 'it is too large')
        return collectBytes(header.size, (bytes) => {
          manifest = parseManifest(path, bytes)
          for (const entry of manifest.entries) listed.set(entry.path, entry)
          gate.limit = tarBytes(header.size, manifest)
        })
      }
      const name = header.isFolder && !header.name.endsWith('/') ? `${header.name}/` : header.name
      const entry = listed.get(name)
      if (!entry) throw refused(name, 'it is not in the table of contents')
      if (seen.has(name)) throw refused(name, 'it is there twice')
      seen.add(name)
      if (entry.size !== header.size) throw damaged(`the size of ${JSON.stringify(name)} is not as listed`)
      if (entry.sha256 === null) return null
      const check = checking(name, entry.sha256)
      if (name !== secretsName) return check
      if (entry.size > maxSecrets * secretMaxBytes) throw refused(name, 'it is too large')
      return collectBytes(
        entry.size,
        (bytes) => {
          secrets = parseSecrets(bytes, manifest?.secrets ?? [])
        },
        check,
      )
    },

    finish(digest) {
      if (manifest === null) throw damaged('it is empty').asProblem(path)
      for (const name of listed.keys()) {
        if (!seen.has(name)) throw damaged(`${JSON.stringify(name)} is missing`).asProblem(path)
      }
      const { createdAt, madeBy, machine, consistency, entries } = manifest
      const files = entries.filter(({ path: name, sha256 }) => sha256 !== null && name !== secretsName)
      return {
        about: {
          format: 'moltbot',
          createdAt,
          madeBy,
          machine,
          files: files.length,
          bytes: files.reduce((sum, { size }) => sum + size, 0),
          consistency,
          secrets: manifest.secrets,
        },
        entries: new Map(entries.filter((entry) => placeOf(entry.path) !== null).map(toContent)),
        secrets,
        placeOf,
        tarLimit: gate.limit,
        digest,
      }
    },
  }
}

/** Owners and rights are ours alone to give; an archive that sets others was not made by us. */
function checkOrigin({ name, mode, uid, gid }: GatedHeader): void {
  if ((mode & suspectModes) !== 0) throw refused(name, 'it asks for special rights')
  if (uid !== 0 || gid !== 0) throw refused(name, 'it names an owner')
}

function checking(name: string, sha256: string): EntrySink {
  return {
    write() {},
    end(found) {
      if (found !== sha256) throw damaged(`the content of ${JSON.stringify(name)} is not as listed`)
    },
    abort() {},
  }
}

function collectBytes(size: number, done: (bytes: Buffer) => void, check?: EntrySink): EntrySink {
  const parts: Uint8Array[] = []
  return {
    write: (bytes) => void parts.push(bytes),
    end(sha256) {
      check?.end(sha256)
      done(Buffer.concat(parts, size))
    },
    abort() {},
  }
}

function parseSecrets(bytes: Buffer, names: readonly string[]): Record<string, string> {
  let found: unknown
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw damaged('its secrets cannot be read')
  }
  const pairs = typeof found === 'object' && found !== null ? Object.entries(found) : []
  const isSame = pairs.length === names.length && names.every((name) => pairs.some(([key]) => key === name))
  if (!isSame) throw refused(secretsName, 'it is not as listed')
  for (const [name, value] of pairs) {
    const isFit = secretNamePattern.test(name) && typeof value === 'string'
    if (!isFit || Buffer.byteLength(value) > secretMaxBytes)
      throw refused(secretsName, `${name} is no secret`)
  }
  return Object.fromEntries(pairs) as Record<string, string>
}

/** Secrets and the folder of the configuration are no part of the tree. */
function placeOf(name: string): string | null {
  if (name === externalConfigName) return name
  const plain = name.endsWith('/') ? name.slice(0, -1) : name
  return plain.startsWith('state/') ? plain : null
}

function toContent({ path, size, sha256, mtime, mode }: ManifestEntry): [string, ContentEntry] {
  const content = {
    isFolder: sha256 === null,
    size,
    sha256: sha256 ?? '',
    mtimeMs: mtime,
    isExecutable: sha256 !== null && mode === 0o700,
  }
  return [placeOf(path) ?? path, content]
}

/** No tar with these entries is longer. */
function tarBytes(manifestBytes: number, { entries, totals }: Manifest): number {
  return manifestBytes + totals.bytes + (entries.length + 1) * (headerBytes + blockBytes) + slackBytes
}
