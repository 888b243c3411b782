import { z } from 'zod'
import { consistencies, skippedFileSchema } from '../../../shared/backup-results.ts'
import { ProblemError, problem } from '../../../shared/problem.ts'
import { secretNamePattern } from '../../../shared/secrets.ts'
import { folded, isLeftOut, whyUnfit } from './names.ts'

export const manifestFormat = 1
export const product = 'moltbot-desktop'
export const manifestName = 'manifest.json'
export const secretsName = 'secrets.json'
export const externalConfigName = 'config/moltbot.json'
export const maxManifestBytes = 256 * 1024 * 1024
export const maxEntries = 1_000_000

const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const entrySchema = z.strictObject({
  /** As the archive spells it; a folder's ends in `/`. */
  path: z.string(),
  size: bytes,
  /** In hex; null for a folder. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Wall clock, ms since 1970. */
  mtime: z.number().int(),
  mode: z.literal([0o600, 0o700]),
})
const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  product: z.literal(product),
  createdAt: z.number().int(),
  madeBy: z.string().max(100),
  machine: z.string().max(300),
  platform: z.string().max(100),
  /** Where the state was, for the reader's eye only. */
  stateDir: z.string().max(4096),
  /** The entry that was the live configuration; null where there was none. */
  config: z.string().nullable(),
  consistency: z.enum(consistencies),
  skipped: z.array(skippedFileSchema.strict()),
  secrets: z.array(z.string().regex(secretNamePattern)),
  entries: z.array(entrySchema).max(maxEntries),
  totals: z.strictObject({ files: bytes, bytes }),
})

export type ManifestEntry = z.infer<typeof entrySchema>
export type Manifest = z.infer<typeof manifestSchema>

/** The uppermost names an archive of ours has; `state` and `config` are folders. */
const roots = ['state', 'config']

/** Reads a manifest and refuses what no manifest of ours says. Throws the problem; `path`: of the backup. */
export function parseManifest(path: string, text: Uint8Array): Manifest {
  const damaged = (detail: string) => new ProblemError(problem('BACKUP_DAMAGED', { path, detail }))
  let found: unknown
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch {
    throw damaged('its table of contents cannot be read')
  }
  const format = formatOf(found)
  if (format !== null && format > manifestFormat) {
    throw new ProblemError(problem('BACKUP_FUTURE_FORMAT', { path, format, limit: manifestFormat }))
  }
  const parsed = manifestSchema.safeParse(found)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw damaged(`its table of contents: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const manifest = parsed.data
  checkEntries(path, manifest)
  const files = manifest.entries.filter(({ sha256 }) => sha256 !== null)
  const sum = files.reduce((total, { size }) => total + size, 0)
  if (files.length !== manifest.totals.files || sum !== manifest.totals.bytes) {
    throw damaged('its table of contents does not add up')
  }
  return manifest
}

function formatOf(found: unknown): number | null {
  if (typeof found !== 'object' || found === null || !('format' in found)) return null
  return typeof found.format === 'number' && Number.isSafeInteger(found.format) ? found.format : null
}

function checkEntries(path: string, { entries, config, secrets }: Manifest): void {
  const refused = (entry: string, detail: string) => {
    throw new ProblemError(problem('BACKUP_REFUSED', { path, entry, detail }))
  }
  const places = new Places()
  const names = new Set<string>()
  for (const { path: spelled, size, sha256 } of entries) {
    const isFolder = spelled.endsWith('/')
    const name = isFolder ? spelled.slice(0, -1) : spelled
    const unfit = whyUnfit(name) ?? whyElsewhere(name, isFolder) ?? places.add(name, isFolder)
    if (unfit) refused(spelled, unfit)
    if (isFolder ? sha256 !== null || size !== 0 : sha256 === null) refused(spelled, 'its kind is unclear')
    names.add(spelled)
  }
  if (config !== null && !names.has(config)) refused(config, 'it is missing')
  if (names.has(secretsName) !== secrets.length > 0) refused(secretsName, 'it is not as listed')
}

function whyElsewhere(name: string, isFolder: boolean): string | null {
  if (isFolder ? roots.includes(name) : [secretsName, externalConfigName].includes(name)) return null
  if (!name.startsWith('state/')) return 'no backup has such an entry'
  return isLeftOut(name.slice('state/'.length)) ? 'it belongs in no backup' : null
}

/** Finds entries that would come to lie on each other. */
export class Places {
  readonly #kinds = new Map<
    string,
    { readonly name: string; readonly isFolder: boolean; isListed: boolean }
  >()

  /** Why this entry cannot stand beside the earlier ones, or null. */
  add(name: string, isFolder: boolean): string | null {
    for (let end = name.indexOf('/'); end !== -1; end = name.indexOf('/', end + 1)) {
      const why = this.#put(name.slice(0, end), true, false)
      if (why) return why
    }
    return this.#put(name, isFolder, true)
  }

  #put(name: string, isFolder: boolean, isListed: boolean): string | null {
    const key = folded(name)
    const there = this.#kinds.get(key)
    if (!there) {
      this.#kinds.set(key, { name, isFolder, isListed })
      return null
    }
    if (there.name !== name) return `it cannot be told from ${JSON.stringify(there.name)} everywhere`
    if (there.isFolder !== isFolder) return 'it is a file and a folder at once'
    if (there.isListed && isListed) return 'it is there twice'
    there.isListed ||= isListed
    return null
  }
}
