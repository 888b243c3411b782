import { join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ReleaseManifest, ReleaseTarget } from '../../shared/release-manifest.ts'
import { judgeRelease } from './judge-release.ts'
import { readRelease } from './read-release.ts'
import type { Fetch, ReceiveLimits } from './receive.ts'
import type { ReleaseSettings } from './release-settings.ts'
import { SeenReleases } from './seen-releases.ts'

export interface FeedParts {
  readonly settings: ReleaseSettings
  /** The version that runs. */
  readonly current: string
  /** A folder of the host's own. */
  readonly folder: string
  readonly fetch: Fetch
  /** Wall clock, ms since 1970. */
  now(): number
  readonly limits?: Partial<ReceiveLimits>
}

export type ReleaseOutcome =
  | { readonly ok: true; readonly manifest: ReleaseManifest }
  | ({ readonly ok: false } & Problem)

/** The newest release of a channel, after all that makes it trustworthy. */
export class ReleaseFeed {
  readonly #parts: FeedParts
  readonly #seen: SeenReleases

  constructor(parts: FeedParts) {
    this.#parts = parts
    this.#seen = new SeenReleases(join(parts.folder, 'seen-releases.json'))
  }

  async newest(channel: ReleaseTarget['channel']): Promise<ReleaseOutcome> {
    const { settings, current, fetch, limits } = this.#parts
    const target = { ...ownKind(), channel, package: settings.package }
    const found = await readRelease(fetch, settings, target, limits)
    if (!found.ok) return found
    const { manifest, url } = found
    const seenCounter = await this.#seen.counterOf(channel)
    const fault = judgeRelease(manifest, { target, current, now: this.#parts.now(), seenCounter, url })
    if (fault) return { ok: false, ...fault }
    try {
      // Before anything is done with it: what was seen once must be known after a power cut, too.
      await this.#seen.saw(channel, manifest.counter)
    } catch (error) {
      return { ok: false, ...problem('UPDATE_FEED_INVALID', { url, detail: String(error) }) }
    }
    return { ok: true, manifest }
  }

  /** Where the file of a release lies. */
  addressOf({ file }: ReleaseManifest): URL {
    return new URL(encodeURIComponent(file.name), this.#parts.settings.feed)
  }
}

/** What this process is; a package for another kind of machine would not run. */
function ownKind(): Pick<ReleaseTarget, 'platform' | 'arch'> {
  return {
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    arch: process.arch === 'arm64' ? 'arm64' : 'x64',
  }
}
