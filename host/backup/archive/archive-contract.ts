import type { Consistency, SkippedFile } from '../../../shared/backup-results.ts'
import type { JobStep } from '../../../shared/jobs.ts'
import type { Problem } from '../../../shared/problem.ts'

/** What a new backup is encrypted for: age recipients, or a passphrase. */
export type Lock = { readonly recipients: readonly string[] } | { readonly passphrase: string }

/** What opens a backup. `identity`: the text of an age identity file, such as a recovery sheet. */
export type Opening = { readonly identity?: string | undefined; readonly passphrase?: string | undefined }

export type Outcome<T> = ({ readonly ok: true } & T) | ({ readonly ok: false } & Problem)

export interface CreateRequest {
  readonly stateDir: string
  /** The live configuration file; it is stored apart where it lies outside the state folder. */
  readonly configPath: string
  /** Where the copies are taken to; a folder of ours in it is removed again. */
  readonly workDir: string
  readonly folder: string
  /** Of the file in `folder`; one that is there is never replaced. */
  readonly name: string
  readonly lock: Lock
  readonly secrets: Readonly<Record<string, string>>
  /** Version of this program. */
  readonly madeBy: string
  readonly machine: string
  /** Wall clock, ms since 1970. */
  readonly createdAt: number
}

export interface Created {
  readonly path: string
  readonly fileBytes: number
  readonly files: number
  /** Of the files in it, unpacked. */
  readonly bytes: number
  readonly consistency: Consistency
  readonly skipped: SkippedFile[]
  /** SHA-256 of the whole file, in hex. */
  readonly digest: string
  readonly manifestDigest: string
}

export interface ReadRequest {
  readonly path: string
  readonly opening: Opening
}

/** What a backup says of itself, as `shared/backup-results.ts` shows it. */
export interface About {
  readonly format: 'moltbot' | 'plainTar'
  readonly createdAt: number | null
  readonly madeBy: string | null
  readonly machine: string | null
  readonly files: number
  readonly bytes: number
  readonly consistency: Consistency | null
  readonly secrets: string[]
}

export interface ReadResult {
  readonly about: About
  readonly digest: string
}

export interface CompareRequest extends ReadRequest {
  readonly stateDir: string
  readonly configPath: string
}

export interface Difference {
  readonly added: number
  readonly changed: number
  readonly same: number
  /** Files that there are now and that would go to the kept state. */
  readonly removed: number
  /** At most 30. */
  readonly examples: { readonly change: 'added' | 'changed' | 'removed'; readonly path: string }[]
  /** WhatsApp keys differ from those in use. */
  readonly mayNeedRelink: boolean
}

export interface CompareResult extends ReadResult {
  readonly difference: Difference
}

export interface ExtractRequest extends ReadRequest {
  /** An empty folder; afterwards it has `state/` and perhaps `config/`. */
  readonly stagingDir: string
  /** Of the whole file, as an earlier look gave it. */
  readonly expectDigest?: string
}

export interface Extracted extends ReadResult {
  readonly format: About['format']
  readonly files: number
  readonly bytes: number
  readonly secrets: Readonly<Record<string, string>>
  /** The configuration was stored apart: `config/moltbot.json` of the staging folder. */
  readonly externalConfig: boolean
}

/** What one worker is told to do; `run` marks what it makes on disk. */
export type ArchiveOrder =
  | { readonly kind: 'create'; readonly request: CreateRequest; readonly run: string }
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'compare'; readonly request: CompareRequest }
  | { readonly kind: 'extract'; readonly request: ExtractRequest }

/** How work in the worker reports; the same in the worker and in front of it. */
export interface WorkHooks {
  progress(at: { step: JobStep; done: number; total: number | null }): void
  /** Resolves true once nothing of ours writes to the state any more; false where that cannot be had. */
  pause(): Promise<boolean>
  /** The copies are taken. */
  resume(): void
}
