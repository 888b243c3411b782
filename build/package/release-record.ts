import { createPublicKey } from 'node:crypto'
import type { PackageKind } from '../../shared/release-manifest.ts'
import { PackagingError } from './packaging-error.ts'

/** What a package asks for newer versions with; see `electron/updates/release-settings.ts`. */
interface ReleaseRecord {
  readonly feed: string
  readonly publicKey: string
  readonly package: PackageKind
}

/**
 * From `MOLTBOT_RELEASE_FEED` and `MOLTBOT_RELEASE_PUBLIC_KEY`; null where neither is set, and the application
 * then says that it cannot update itself. Half of it, or what is no key, would only fail with the person.
 */
export function releaseRecord(env: NodeJS.ProcessEnv, kind: PackageKind): ReleaseRecord | null {
  const { MOLTBOT_RELEASE_FEED: feed, MOLTBOT_RELEASE_PUBLIC_KEY: publicKey } = env
  if (!feed && !publicKey) return null
  if (!feed || !publicKey) {
    throw new PackagingError(
      'MOLTBOT_RELEASE_FEED and MOLTBOT_RELEASE_PUBLIC_KEY go together: set both, or neither.',
    )
  }
  if (!URL.canParse(feed) || new URL(feed).protocol !== 'https:') {
    throw new PackagingError('MOLTBOT_RELEASE_FEED must be an https address.')
  }
  if (keyTypeOf(publicKey) !== 'ed25519') {
    throw new PackagingError(
      'MOLTBOT_RELEASE_PUBLIC_KEY must be an Ed25519 public key: PEM, or its DER in base64.',
    )
  }
  return { feed, publicKey, package: kind }
}

function keyTypeOf(text: string): string | undefined {
  try {
    const isPem = text.includes('BEGIN')
    const key = isPem
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType
  } catch {
    return undefined
  }
}
