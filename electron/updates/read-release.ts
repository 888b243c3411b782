import { type KeyObject, verify } from 'node:crypto'
import { type Problem, problem } from '../../shared/problem.ts'
import {
  manifestName,
  type ReleaseManifest,
  type ReleaseTarget,
  releaseManifestSchema,
  writeManifest,
} from '../../shared/release-manifest.ts'
import { type Fetch, type ReceiveLimits, receiveWhole, TransferError } from './receive.ts'

/** So much for a manifest; a signature is 88 characters long. */
const manifestLimits: ReceiveLimits = { bytes: 256 * 1024, idleMs: 10_000, wholeMs: 30_000 }
const signatureLimits: ReceiveLimits = { ...manifestLimits, bytes: 256 }

export type ManifestOutcome =
  | { readonly ok: true; readonly manifest: ReleaseManifest; readonly url: string }
  | ({ readonly ok: false } & Problem)

/** Fetches what a feed says of a channel; nothing of it is read before its signature was found right. */
export async function readRelease(
  fetch: Fetch,
  { feed, publicKey }: { readonly feed: URL; readonly publicKey: KeyObject },
  target: ReleaseTarget,
  limits: Partial<ReceiveLimits> = {},
): Promise<ManifestOutcome> {
  const address = new URL(manifestName(target), feed)
  const url = address.href
  let bytes: Buffer
  let signature: Buffer | null
  try {
    bytes = await receiveWhole(fetch, address, { ...manifestLimits, ...limits })
  } catch (error) {
    return refused(transferProblem(url, error))
  }
  const signed = new URL(`${address.pathname}.sig`, address)
  try {
    signature = await receiveWhole(fetch, signed, {
      ...signatureLimits,
      ...limits,
      bytes: signatureLimits.bytes,
    })
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    return refused(problem('UPDATE_SIGNATURE', { url: signed.href, detail: error.message }))
  }
  const detail = signatureFault(bytes, signature, publicKey)
  if (detail) return refused(problem('UPDATE_SIGNATURE', { url, detail }))
  const manifest = parseManifest(bytes)
  if (typeof manifest === 'string') return refused(problem('UPDATE_FEED_INVALID', { url, detail: manifest }))
  return { ok: true, manifest, url }
}

function signatureFault(bytes: Buffer, signature: Buffer, publicKey: KeyObject): string | null {
  const text = signature.toString('latin1').trim()
  if (!/^[0-9A-Za-z+/]{86}==$/.test(text)) return 'it has no Ed25519 signature'
  return verify(null, bytes, publicKey, Buffer.from(text, 'base64')) ? null : 'the signature does not fit'
}

/** The manifest, or why it is none. */
function parseManifest(bytes: Buffer): ReleaseManifest | string {
  const text = bytes.toString('utf8')
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return 'not JSON'
  }
  const read = releaseManifestSchema.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    return `${issue?.path.join('.') || 'manifest'}: ${issue?.message}`
  }
  // A key that stands twice, or anything else that JSON.parse passes over, makes another text of it.
  return writeManifest(given as ReleaseManifest) === text ? read.data : 'not in the one form of a manifest'
}

function transferProblem(url: string, error: unknown): Problem {
  if (!(error instanceof TransferError)) throw error
  return problem(error.isUnreachable ? 'UPDATE_FEED_UNREACHABLE' : 'UPDATE_FEED_INVALID', {
    url,
    detail: error.message,
  })
}

function refused(found: Problem): ManifestOutcome {
  return { ok: false, ...found }
}
