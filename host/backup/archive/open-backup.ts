import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { ReadableStream } from 'node:stream/web'
import { Decrypter } from 'age-encryption'
import { ProblemError, problem } from '../../../shared/problem.ts'
import { parseIdentityText } from '../keys/age-keys.ts'
import type { Opening } from './archive-contract.ts'
import { damaged } from './fault.ts'

const ageIntro = 'age-encryption.org/v1\n'
/** Of a header with twenty recipients of the longest kind. */
const maxHeaderBytes = 128 * 1024
const chunkBytes = 256 * 1024

/** A backup that is open for reading; every pass reads the same file, whatever happens to its name. */
export interface OpenBackup {
  readonly path: string
  readonly size: number
  /** `age`: encrypted, made by us or in our form. `gzip`: not encrypted, such as the manual's script makes. */
  readonly kind: 'age' | 'gzip'
  /** Reads all from the beginning. `digest` is known once that has ended. */
  pass(told: (bytes: number) => void): Promise<{ bytes: AsyncIterable<Uint8Array>; digest(): string }>
  close(): void
}

/** Opens a backup. Throws the problem where it is none, or where what is given does not open it. */
export async function openBackup(path: string, opening: Opening): Promise<OpenBackup> {
  const file = openFile(path)
  try {
    const size = fstatSync(file).size
    const head = Buffer.alloc(Math.min(size, maxHeaderBytes))
    const length = readSync(file, head, 0, head.length, 0)
    const kind = kindOf(head.subarray(0, length))
    if (kind === null) throw new ProblemError(problem('BACKUP_FOREIGN_FILE', { path }))
    const fileKey = kind === 'age' ? await unlock(path, head.subarray(0, length), opening) : null
    return {
      path,
      size,
      kind,
      async pass(told) {
        const { stream, digest } = readAll(path, file, told)
        return { bytes: fileKey ? await decrypt(path, fileKey, stream) : stream, digest }
      },
      close: () => closeSync(file),
    }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

function openFile(path: string): number {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new ProblemError(
      code === 'ENOENT'
        ? problem('BACKUP_FILE_MISSING', { path })
        : problem('BACKUP_FILE_UNREADABLE', { path, detail: code }),
    )
  }
  if (fstatSync(file).isFile()) return file
  closeSync(file)
  throw new ProblemError(problem('BACKUP_FILE_UNREADABLE', { path, detail: 'it is not a file' }))
}

function kindOf(head: Buffer): OpenBackup['kind'] | null {
  if (head.toString('latin1', 0, ageIntro.length) === ageIntro) return 'age'
  return head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : null
}

/**
 * The key that the file itself is sealed with. Deriving it from a passphrase takes a second, so that it is
 * done once and not for each pass.
 */
async function unlock(path: string, head: Buffer, opening: Opening): Promise<Uint8Array> {
  const last = head.indexOf('\n--- ')
  const end = last === -1 ? -1 : head.indexOf('\n', last + 1)
  if (end === -1) throw damaged('its head does not end').asProblem(path)
  const isByPassphrase = head.toString('latin1').startsWith(`${ageIntro}-> scrypt `)
  const decrypter = new Decrypter()
  if (isByPassphrase) {
    if (opening.passphrase === undefined) throw elsewhere('it was made with a passphrase')
    decrypter.addPassphrase(opening.passphrase)
  } else {
    if (opening.identity === undefined) throw elsewhere('it was made for a key')
    const parsed = await parseIdentityText(opening.identity)
    if (!parsed.ok) throw new ProblemError(parsed)
    for (const identity of parsed.identities) decrypter.addIdentity(identity)
  }
  try {
    return await decrypter.decryptHeader(head.subarray(0, end + 1))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    if (!detail.startsWith('no identity matched')) throw damaged(`its head: ${detail}`).asProblem(path)
    const code = isByPassphrase ? 'BACKUP_WRONG_PASSPHRASE' : 'BACKUP_WRONG_KEY'
    throw new ProblemError(problem(code, { path }))
  }
}

async function decrypt(
  path: string,
  fileKey: Uint8Array,
  stream: ReadableStream<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const decrypter = new Decrypter()
  decrypter.addIdentity({ unwrapFileKey: () => fileKey })
  try {
    // The library's types are those of a browser; Node's streams are the same at run time.
    return sealed((await decrypter.decrypt(stream as never)) as unknown as ReadableStream<Uint8Array>)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw damaged(`its head: ${detail}`).asProblem(path)
  }
}

async function* sealed(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw damaged('its encryption does not hold: it was cut short or changed')
  }
}

function elsewhere(detail: string): ProblemError {
  return new ProblemError(problem('BACKUP_KEY_ELSEWHERE', { detail }))
}

function readAll(path: string, file: number, told: (bytes: number) => void) {
  const hash = createHash('sha256')
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = Buffer.allocUnsafe(chunkBytes)
      let length: number
      try {
        length = readSync(file, chunk, 0, chunk.length, at)
      } catch (error) {
        const { code = String(error) } = error as NodeJS.ErrnoException
        throw new ProblemError(problem('BACKUP_FILE_UNREADABLE', { path, detail: code }))
      }
      if (length === 0) return controller.close()
      at += length
      hash.update(chunk.subarray(0, length))
      told(at)
      controller.enqueue(chunk.subarray(0, length))
    },
  })
  return { stream, digest: () => hash.digest('hex') }
}
