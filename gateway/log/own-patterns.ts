import type { Context, Script } from 'node:vm'
import { parseRedactPattern } from '../../host/config/redact-pattern.ts'

/** The owner's patterns, which may take longer on some text than the universe lasts. */
export interface OwnPatterns {
  apply(text: string, mask: (expression: RegExp, text: string) => string): string
  /** `change` of each item, which applies them, in bounded time: one that is too slow is given up, and an item tried again. */
  map<From, To>(items: readonly From[], change: (item: From) => To): To[]
  /** Places in the list of those given up, from 0. */
  slow(): readonly number[]
}

/** For many items, and then for one, where it is doubled each time: a machine may stand still for once. */
const firstLimitMs = 100
/** A good pattern takes microseconds. One that takes long again and again is as bad as one that never ends. */
const longMs = 20
const maxLong = 10
const longWithinMs = 60_000

interface OwnPattern {
  readonly place: number
  readonly expression: RegExp
  isSlow: boolean
  /** When it took long. */
  long: number[]
}

export function compileOwnPatterns(
  texts: readonly string[],
  onSlow: (place: number) => void = () => {},
): OwnPatterns {
  const patterns = texts.flatMap((text, place): OwnPattern[] => {
    const expression = parseRedactPattern(text)
    return expression ? [{ place, expression, isSlow: false, long: [] }] : []
  })
  let underWay: { pattern: OwnPattern; text: string } | null = null
  const withheld = new Set<string>()
  let isGuarded = false
  let guard: ((work: () => void, timeout: number) => boolean) | null = null

  function map<From, To>(items: readonly From[], change: (item: From) => To): To[] {
    if (isGuarded || patterns.every(({ isSlow }) => isSlow)) return items.map(change)
    const known = slow()
    isGuarded = true
    try {
      const together = tryWithin(firstLimitMs, items, change)
      return together ?? items.flatMap((item) => insist(item, change))
    } finally {
      isGuarded = false
      withheld.clear()
      for (const place of slow()) if (!known.includes(place)) onSlow(place)
    }
  }

  /** One item takes no time, unless a pattern does. */
  function insist<From, To>(item: From, change: (item: From) => To): To[] {
    for (let limitMs = firstLimitMs; ; limitMs *= 2) {
      const done = tryWithin(limitMs, [item], change)
      if (done) return done
      if (limitMs > firstLimitMs) giveUp()
    }
  }

  function tryWithin<From, To>(ms: number, items: readonly From[], change: (item: From) => To): To[] | null {
    guard ??= openGuard()
    underWay = null
    let done: To[] = []
    const work = () => {
      done = items.map(change)
    }
    return guard(work, ms) ? done : null
  }

  /** What it was looking at is withheld: nobody knows what it would have found there. */
  function giveUp(): void {
    if (!underWay) return
    underWay.pattern.isSlow = true
    withheld.add(underWay.text)
  }

  function applyAll(text: string, mask: (expression: RegExp, text: string) => string): string {
    if (withheld.has(text)) return '***'
    let result = text
    for (const pattern of patterns) {
      if (pattern.isSlow) continue
      underWay = { pattern, text }
      const before = result
      const startedAt = performance.now()
      result = mask(pattern.expression, before)
      const isLong = performance.now() - startedAt > longMs
      // Once more: another program may have had the processor.
      if (isLong && timeOf(() => mask(pattern.expression, before)) > longMs) tookLong(pattern)
    }
    underWay = null
    return result
  }

  function tookLong(pattern: OwnPattern): void {
    const now = performance.now()
    pattern.long = [...pattern.long.filter((at) => now - at < longWithinMs), now]
    if (pattern.long.length >= maxLong) pattern.isSlow = true
  }

  function slow(): readonly number[] {
    return patterns.filter(({ isSlow }) => isSlow).map(({ place }) => place)
  }

  return {
    apply(text, mask) {
      const [result = text] = map([text], (each) => applyAll(each, mask))
      return result
    },
    map,
    slow,
  }
}

function timeOf(work: () => void): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

/** Only V8 itself can end an expression that is under way. Tells whether the work came to its end. */
function openGuard(): (work: () => void, timeout: number) => boolean {
  const vm = process.getBuiltinModule('node:vm')
  const context: Context = vm.createContext({})
  const script: Script = new vm.Script('work()')
  return (work, timeout) => {
    context.work = work
    try {
      script.runInContext(context, { timeout })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      return false
    }
  }
}
