import type { About } from './archive-contract.ts'

export interface ContentEntry {
  readonly isFolder: boolean
  readonly size: number
  /** In hex; empty for a folder. */
  readonly sha256: string
  /** Wall clock, ms since 1970. */
  readonly mtimeMs: number
  readonly isExecutable: boolean
}

/** What a backup was found to hold, after every byte of it was read and checked. */
export interface Contents {
  readonly about: About
  /** By their places in our own form, without `/` at the end: `state/…`, `config/moltbot.json`. */
  readonly entries: ReadonlyMap<string, ContentEntry>
  readonly secrets: Readonly<Record<string, string>>
  /** The place of an entry with this name in the archive; null where it is left out of a restore. */
  placeOf(name: string): string | null
  /** Bytes of the tar stream. */
  readonly tarLimit: number
  /** SHA-256 of the whole file, in hex. */
  readonly digest: string
}
