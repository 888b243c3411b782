import { readFile, rename, rm } from 'node:fs/promises'
import type { z } from 'zod'
import { writeFileAtomically } from '../files/atomic-write.ts'

export type Found<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'found'; readonly value: T }
  /** It was not what it should be and now lies at `keptAt`; nothing of it was used or lost. */
  | { readonly kind: 'setAside'; readonly keptAt: string; readonly detail: string }

/** One small JSON document of the host's own, checked against its schema each time it is read. */
export class RecordFile<T> {
  readonly #path: string
  readonly #schema: z.ZodType<T>
  #writing: Promise<void> = Promise.resolve()

  constructor(path: string, schema: z.ZodType<T>) {
    this.#path = path
    this.#schema = schema
  }

  async read(): Promise<Found<T>> {
    let detail: string
    try {
      const value = this.#schema.safeParse(parseJson(await readFile(this.#path, 'utf8')))
      if (value.success) return { kind: 'found', value: value.data }
      detail = value.error.issues[0]?.message ?? 'not JSON'
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return { kind: 'absent' }
      detail = code ?? String(error) // a folder, or not readable
    }
    return { kind: 'setAside', keptAt: await this.setAside('unreadable'), detail }
  }

  /** Moves the document away from where it would be used or overwritten; returns its new place. */
  async setAside(reason: string): Promise<string> {
    const keptAt = `${this.#path}.${reason}-${Date.now()}`
    await rename(this.#path, keptAt)
    return keptAt
  }

  /** Forgets the document, after the writes asked for before. */
  remove(): Promise<void> {
    const next = this.#writing.then(() => rm(this.#path, { force: true }))
    this.#writing = next.catch(() => {})
    return next
  }

  /** Writes follow one another in the order asked, each whole or not at all. */
  write(value: T): Promise<void> {
    const next = this.#writing.then(() =>
      writeFileAtomically(this.#path, `${JSON.stringify(value, null, 2)}\n`),
    )
    this.#writing = next.catch(() => {})
    return next
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
