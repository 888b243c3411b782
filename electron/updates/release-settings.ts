import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'
import { type PackageKind, packageKinds } from '../../shared/release-manifest.ts'

/** Where a packaged copy finds newer versions, and the key that they are signed with. */
export interface ReleaseSettings {
  /** Address of a folder; ends with `/`. */
  readonly feed: URL
  readonly publicKey: KeyObject
  readonly package: PackageKind
}

export type ReleaseSettingsOutcome =
  | { readonly ok: true; readonly value: ReleaseSettings }
  | ({ readonly ok: false } & Problem)

const schema = z.strictObject({
  feed: z.url(),
  publicKey: z.string(),
  package: z.enum(packageKinds),
})

/** What was written into the package when it was made; without it the copy knows no newer version. */
export async function readReleaseSettings(path: string): Promise<ReleaseSettingsOutcome> {
  const missing = (what: string) => ({
    ok: false as const,
    ...problem('UPDATE_NOT_CONFIGURED', { missing: what }),
  })
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return missing('MOLTBOT_RELEASE_FEED')
  const read = schema.safeParse(parsed(text))
  if (!read.success) return missing(`release.json (${read.error.issues[0]?.path.join('.') || 'not JSON'})`)
  const publicKey = keyIn(read.data.publicKey)
  if (!publicKey) return missing('MOLTBOT_RELEASE_PUBLIC_KEY')
  const feed = new URL(read.data.feed.endsWith('/') ? read.data.feed : `${read.data.feed}/`)
  if (!isSafe(feed)) return missing('MOLTBOT_RELEASE_FEED (https:)')
  return { ok: true, value: { feed, publicKey, package: read.data.package } }
}

/** Plain HTTP only where it stays on this machine. */
export function isSafe({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** PEM, or its base64 alone; nothing but Ed25519. */
function keyIn(text: string): KeyObject | null {
  try {
    const key = text.includes('-----')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}
