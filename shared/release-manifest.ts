import { z } from 'zod'
import { appChannels } from './updates.ts'

/** What a copy of the application is packed as; each kind is replaced by its own kind. */
export const packageKinds = ['appimage', 'deb', 'dmg'] as const
export type PackageKind = (typeof packageKinds)[number]

/** How the file ends that replaces a package; macOS takes the archive that lies beside its disk image. */
export const updateSuffix: Record<PackageKind, string> = { appimage: '.AppImage', deb: '.deb', dmg: '.zip' }

export const releaseProduct = 'moltbot-desktop'
/** Larger than any that was ever made; a signed mistake fills no disk. */
const maxFileBytes = 2 * 1024 ** 3
const moment = z.iso.datetime({ precision: 3 })
const semver = z
  .string()
  .max(64)
  .regex(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/)

/**
 * What a feed says of the newest release of a channel, for one platform and package: a JSON file in the one
 * form that `writeManifest` gives it, with an Ed25519 signature over exactly its bytes in a file beside it.
 */
export const releaseManifestSchema = z.strictObject({
  format: z.literal(1),
  product: z.literal(releaseProduct),
  version: semver,
  channel: z.enum(appChannels),
  platform: z.enum(['linux', 'darwin']),
  arch: z.enum(['x64', 'arm64']),
  package: z.enum(packageKinds),
  /** Rises with each manifest of a channel, so that an older one is known for what it is. */
  counter: z.number().int().positive(),
  issuedAt: moment,
  /** After it the manifest no longer counts: somebody may be holding newer ones back. */
  expiresAt: moment,
  /** Plain text. */
  notes: z.string().max(20_000),
  notesUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .nullable(),
  /** The oldest version that it may replace; without one, any. */
  minimumVersion: semver.optional(),
  file: z.strictObject({
    /** In the feed's own folder. */
    name: z
      .string()
      .max(128)
      .regex(/^[0-9A-Za-z](?:[._+~-]?[0-9A-Za-z])*$/),
    bytes: z.number().int().positive().max(maxFileBytes),
    /** Base64. */
    sha512: z.string().regex(/^[0-9A-Za-z+/]{86}==$/),
  }),
})

export type ReleaseManifest = z.infer<typeof releaseManifestSchema>

/** Which of a feed's manifests concerns a copy of the application. */
export type ReleaseTarget = Pick<ReleaseManifest, 'channel' | 'platform' | 'arch' | 'package'>

export function manifestName({ channel, platform, arch, package: kind }: ReleaseTarget): string {
  return `release-${channel}-${platform}-${arch}-${kind}.json`
}

/** The one form of a manifest: no two texts mean the same, so none is read in two ways. */
export function writeManifest(manifest: ReleaseManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}
