import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type ReleaseManifest, releaseManifestSchema, writeManifest } from '../../shared/release-manifest.ts'
import type { ReleasePackage } from './release-packages.ts'

export type ReleaseFacts = Pick<
  ReleaseManifest,
  'version' | 'channel' | 'counter' | 'issuedAt' | 'expiresAt' | 'notes' | 'notesUrl' | 'minimumVersion'
>

/** The manifest of a package of `folder`, as it is written, and its signature. Throws where it is none that is read. */
export async function signManifest(
  folder: string,
  { name, ...target }: ReleasePackage,
  { minimumVersion, ...facts }: ReleaseFacts,
  privateKey: KeyObject,
): Promise<{ text: string; signature: string }> {
  const path = join(folder, name)
  const digest = createHash('sha512')
  await pipeline(createReadStream(path), digest)
  const { version, channel, counter, issuedAt, expiresAt, notes, notesUrl } = facts
  // In the order of the schema: a manifest has one form only.
  const manifest: ReleaseManifest = {
    format: 1,
    product: 'moltbot-desktop',
    version,
    channel,
    platform: target.platform,
    arch: target.arch,
    package: target.package,
    counter,
    issuedAt,
    expiresAt,
    notes,
    notesUrl,
    ...(minimumVersion !== undefined && { minimumVersion }),
    file: { name, bytes: statSync(path).size, sha512: digest.digest('base64') },
  }
  const text = writeManifest(releaseManifestSchema.parse(manifest))
  return { text, signature: `${sign(null, Buffer.from(text), privateKey).toString('base64')}\n` }
}

/** Null where it is no private Ed25519 key in PEM. */
export function privateKeyIn(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/** As `MOLTBOT_RELEASE_PUBLIC_KEY` has it: DER in base64, in one line. */
export function publicKeyOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
}
