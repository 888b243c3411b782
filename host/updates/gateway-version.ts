const pattern =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/
const maxLength = 64

/** One exact version: no range, no tag, no build metadata. */
export function isVersion(text: string): boolean {
  return text.length <= maxLength && pattern.test(text)
}

/**
 * Below 0 where `one` is older than `other`. Gateways are numbered by their day, and a number alone behind
 * the dash is a later edition of that day, where npm sees an earlier one:
 * 2026.1.24-beta.1 < 2026.1.24 < 2026.1.24-1 < 2026.1.24-3 < 2026.1.25. A text that is no version is the oldest.
 */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parse(one), parse(other)]
  if (!a || !b) return Number(a !== null) - Number(b !== null)
  return compareLists(a.core, b.core) || a.edition - b.edition || compareSuffixes(a.suffix, b.suffix)
}

/** The same day, whatever follows the dash. */
export function isSameRelease(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)]
  return a !== null && b !== null && compareLists(a.core, b.core) === 0
}

interface Parsed {
  readonly core: readonly number[]
  /** -1 before the release, 0 the release, and 1 after it. */
  readonly edition: -1 | 0 | 1
  readonly suffix: readonly string[]
}

function parse(text: string): Parsed | null {
  const found = isVersion(text) ? pattern.exec(text) : null
  if (!found) return null
  const [, major, minor, patch, suffix] = found
  const core = [Number(major), Number(minor), Number(patch)]
  if (suffix === undefined) return { core, edition: 0, suffix: [] }
  return { core, edition: /^\d+$/.test(suffix) ? 1 : -1, suffix: suffix.split('.') }
}

function compareLists(one: readonly number[], other: readonly number[]): number {
  return one.map((value, at) => value - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0
}

/** As semver has it: numbers by value and before words, and the shorter one first. */
function compareSuffixes(one: readonly string[], other: readonly string[]): number {
  for (const [at, a] of one.entries()) {
    const b = other[at]
    if (b === undefined) return 1
    if (a === b) continue
    const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
    if (isNumber && isOtherNumber && Number(a) !== Number(b)) return Number(a) - Number(b)
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
    return a < b ? -1 : 1
  }
  return one.length - other.length
}
