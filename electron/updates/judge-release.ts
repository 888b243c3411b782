import { type Problem, problem } from '../../shared/problem.ts'
import type { ReleaseManifest, ReleaseTarget } from '../../shared/release-manifest.ts'
import { updateSuffix } from '../../shared/release-manifest.ts'
import { compareVersions, isPrerelease } from './version-order.ts'

/** Clocks differ by so much without anything being wrong. */
const clockToleranceMs = 24 * 3_600_000

interface Judging {
  readonly target: ReleaseTarget
  /** The version that runs. */
  readonly current: string
  /** Wall clock, ms since 1970. */
  readonly now: number
  /** The highest counter seen of this channel; 0 before the first. */
  readonly seenCounter: number
  readonly url: string
}

/** Whether a manifest with a right signature is meant for this copy, and now. */
export function judgeRelease(manifest: ReleaseManifest, judging: Judging): Problem | null {
  const { target, current, now, seenCounter, url } = judging
  const foreign = (['channel', 'platform', 'arch', 'package'] as const).find(
    (part) => manifest[part] !== target[part],
  )
  if (foreign) return invalid(url, `${foreign}: ${manifest[foreign]}, and this is ${target[foreign]}`)
  if (!manifest.file.name.endsWith(updateSuffix[target.package]))
    return invalid(url, `file: ${manifest.file.name}`)
  if (target.channel === 'stable' && isPrerelease(manifest.version)) {
    return invalid(url, `${manifest.version} is no stable version`)
  }
  if (manifest.counter < seenCounter) {
    return stale(`It is number ${manifest.counter}, and number ${seenCounter} was seen before`)
  }
  if (Date.parse(manifest.expiresAt) <= now) return stale(`It was good until ${manifest.expiresAt}`)
  if (Date.parse(manifest.issuedAt) > now + clockToleranceMs) return stale(`It is dated ${manifest.issuedAt}`)
  const order = compareVersions(manifest.version, current)
  // Who comes back from a beta version stays ahead of the stable ones for a while; that is no trick.
  const cameFromBeta = target.channel === 'stable' && isPrerelease(current)
  if (order < 0 && !cameFromBeta) {
    return problem('UPDATE_DOWNGRADE', { current, offered: manifest.version })
  }
  const { minimumVersion } = manifest
  if (order > 0 && minimumVersion !== undefined && compareVersions(current, minimumVersion) < 0) {
    return problem('UPDATE_TOO_OLD', { current, offered: manifest.version, minimum: minimumVersion })
  }
  return null
}

function invalid(url: string, detail: string): Problem {
  return problem('UPDATE_FEED_INVALID', { url, detail })
}

function stale(detail: string): Problem {
  return problem('UPDATE_FEED_STALE', { detail })
}
