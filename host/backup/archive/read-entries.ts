import { createHash } from 'node:crypto'
import { extract } from 'tar-stream'
import { ProblemError } from '../../../shared/problem.ts'
import { damaged, Fault, refused } from './fault.ts'
import { unpackSingleGzip } from './single-gzip.ts'
import type { GatedHeader, TarGate } from './tar-gate.ts'

/** Takes the bytes of one entry; all of them have come when `end` is called. */
export interface EntrySink {
  write(bytes: Uint8Array): void
  end(sha256: string): void
  /** Something went wrong: `end` will not come. */
  abort(): void
}

export interface EntryReader {
  /** Judges an entry by its header, and says where its bytes go. Throws what is wrong. Null: nowhere. */
  begin(header: GatedHeader): EntrySink | null
}

/**
 * Reads a `.tar.gz` to its end, entry by entry, as the gate lets it through. Rejects with the first fault;
 * a rejection of the source is passed on. Memory is bounded whatever the archive says.
 */
export async function readEntries(
  packed: AsyncIterable<Uint8Array>,
  gate: TarGate,
  reader: EntryReader,
): Promise<void> {
  const tar = extract()
  const feeding = feed()
  feeding.catch((error) => tar.destroy(error)) // the reader below waits for the parser
  try {
    for await (const entry of tar) {
      const header = gate.headers.shift()
      const { name, size, type } = entry.header
      // Two readers of one header that do not agree: then somebody means one of them to be wrong.
      const isSame = header && plain(name) === plain(header.name) && size === header.size
      if (!isSame || (type === 'directory') !== header.isFolder) throw refused(name, 'its header is unclear')
      await pass(entry, reader.begin(header))
    }
  } catch (error) {
    tar.destroy()
    if (isKnown(error)) throw error
    // The parser says that it was cut off; what has done so says why.
    const first = await feeding.then(
      () => null,
      (fault: unknown) => fault,
    )
    throw first ?? known(error)
  }
  await feeding

  async function feed(): Promise<void> {
    for await (const bytes of unpackSingleGzip(packed)) {
      gate.push(bytes)
      if (tar.destroyed) return
      if (!tar.write(bytes)) await drained(tar)
    }
    gate.end()
    tar.end(null)
  }
}

type Tar = ReturnType<typeof extract>
type Entry = Tar extends AsyncIterable<infer E> ? E : never

async function pass(entry: Entry, sink: EntrySink | null): Promise<void> {
  const hash = createHash('sha256')
  try {
    for await (const bytes of entry as AsyncIterable<Uint8Array>) {
      hash.update(bytes)
      sink?.write(bytes)
    }
    sink?.end(hash.digest('hex'))
  } catch (error) {
    sink?.abort()
    throw error
  }
}

function drained(tar: Tar): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      tar.off('drain', done).off('close', done)
      resolve()
    }
    tar.on('drain', done).on('close', done)
  })
}

function plain(name: string): string {
  return name.endsWith('/') ? name.slice(0, -1) : name
}

function isKnown(error: unknown): boolean {
  return error instanceof Fault || error instanceof ProblemError
}

function known(error: unknown): unknown {
  if (!(error instanceof Error) || isKnown(error) || 'code' in error) return error
  return damaged(`it is not well packed: ${error.message}`)
}
