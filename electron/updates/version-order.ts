/**
 * Which of two semantic versions comes first: negative where `a` does, 0 where they rank alike. A pre-release
 * comes before its release, so that `1.2.0-rc.1` cannot pass for newer than `1.2.0`; build data counts for nothing.
 */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [partsOf(a), partsOf(b)]
  for (let index = 0; index < 3; index++) {
    const difference = (first.numbers[index] ?? 0) - (second.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (!first.stages || !second.stages) return Number(first.stages === null) - Number(second.stages === null)
  for (let index = 0; index < Math.max(first.stages.length, second.stages.length); index++) {
    const difference = compareStages(first.stages[index], second.stages[index])
    if (difference !== 0) return difference
  }
  return 0
}

export function isPrerelease(version: string): boolean {
  return partsOf(version).stages !== null
}

function partsOf(version: string): { numbers: number[]; stages: string[] | null } {
  const [core = ''] = version.split('+')
  const dash = core.indexOf('-')
  const [numbers, stages] = dash < 0 ? [core, null] : [core.slice(0, dash), core.slice(dash + 1)]
  return { numbers: numbers.split('.').map(Number), stages: stages?.split('.') ?? null }
}

/** Fewer stages come first, numbers before words. */
function compareStages(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined)
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aIsNumber && bIsNumber) return Number(a) - Number(b)
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
