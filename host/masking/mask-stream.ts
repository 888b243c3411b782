import { createTextFinder, type Span, type TextFinder } from './find-texts.ts'
import { spellings } from './spellings.ts'
import { type SeenText, seenText, sequencesIn } from './terminal-sequences.ts'

/** Masks what comes piece by piece, as the output of a terminal does. */
export interface StreamMasker {
  /** What may be shown now that `text` has come. The rest may be the beginning of a secret and is held. */
  take(text: string): string
  /** What was held; nothing further comes. */
  end(): string
}

interface Known {
  readonly finder: TextFinder
  /** By their first unit. */
  readonly byFirst: ReadonlyMap<string, readonly string[]>
  readonly longest: number
}

const mask = '***'
/** Of a secret whose beginning comes, so many units are shown at once: or typing would seem to hang all the time. */
const mostShown = 3
/** Sequences between the units of a secret may add so much to what is held. */
const mostHeld = 16 * 1024

/**
 * For each stream, a masker of the values that `values` gives at that moment, in whatever spelling. A secret is
 * found also where it comes in pieces, and where sequences that a terminal does not show lie within it.
 */
export function createStreamMaskers(values: () => readonly string[]): () => StreamMasker {
  let made: { readonly values: readonly string[]; readonly known: Known } | null = null
  const knownNow = (): Known => {
    const now = values()
    if (made?.values !== now) made = { values: now, known: prepare(now.flatMap(spellings)) }
    return made.known
  }
  return () => maskStream(knownNow)
}

function prepare(texts: readonly string[]): Known {
  const byFirst = new Map<string, string[]>()
  const wanted = [...new Set(texts)].filter(({ length }) => length >= 2)
  for (const text of wanted) byFirst.set(text.charAt(0), [...(byFirst.get(text.charAt(0)) ?? []), text])
  return {
    finder: createTextFinder(wanted),
    byFirst,
    longest: Math.max(0, ...wanted.map(({ length }) => length)),
  }
}

function maskStream(knownNow: () => Known): StreamMasker {
  /** What came and may begin a secret … */
  let open = ''
  /** … and how much of it has been shown. */
  let shown = 0

  return {
    take(text) {
      const known = knownNow()
      const raw = open + text
      const seen = seenText(raw)
      const { visible } = seen
      const placeOf = placesIn(seen)
      const spans = findSecrets(known, raw, seen)
      const begun = findBeginning(known, visible, (index) => isInside(spans, placeOf(index)))
      let from = placeOf(begun.at)
      // A secret that may yet turn out to be the beginning of a longer one is not begun anew.
      const isWhole = spans.some((span) => span.from === from)
      let until = placeOf(begun.at + (isWhole ? 0 : begun.mayShow))
      if (raw.length - from > known.longest + mostHeld) {
        from = raw.length
        until = raw.length
      }
      until = Math.max(until, shown)
      const out = masked(raw, spans, shown, until)
      open = raw.slice(from)
      shown = until - from
      return out
    },
    end() {
      const rest = masked(open, findSecrets(knownNow(), open, seenText(open)), shown, open.length)
      open = ''
      shown = 0
      return rest
    },
  }
}

/** The place in the original of each unit that is visible. */
function placesIn({ visible, places, end }: SeenText): (index: number) => number {
  return (index) => (index < visible.length ? (places?.[index] ?? index) : end)
}

/** Where secrets stand in `raw`, whole as they are or with sequences between their units. */
function findSecrets({ finder }: Known, raw: string, seen: SeenText): Span[] {
  if (!seen.places) return finder.find(raw)
  const placeOf = placesIn(seen)
  const visible = finder.find(seen.visible)
  return union(
    finder.find(raw),
    visible.map(({ from, to }) => ({ from: placeOf(from), to: placeOf(to - 1) + 1 })),
  )
}

/**
 * Where the last thing that may become a secret begins in `visible`, its length where none does, and how much of
 * it may be shown already.
 */
function findBeginning(
  { byFirst, longest }: Known,
  visible: string,
  isMasked: (index: number) => boolean,
): { at: number; mayShow: number } {
  for (let at = Math.max(0, visible.length - longest + 1); at < visible.length; at += 1) {
    const texts = byFirst.get(visible.charAt(at))
    if (!texts || isMasked(at)) continue
    const rest = visible.slice(at)
    const begun = texts.filter((text) => text.length > rest.length && text.startsWith(rest))
    if (begun.length === 0) continue
    const shortest = Math.min(...begun.map(({ length }) => length))
    return { at, mayShow: Math.min(mostShown, Math.floor(shortest / 4)) }
  }
  return { at: visible.length, mayShow: 0 }
}

function isInside(spans: readonly Span[], place: number): boolean {
  return spans.some(({ from, to }) => from < place && place < to)
}

function union(one: readonly Span[], other: readonly Span[]): Span[] {
  const result: { from: number; to: number }[] = []
  for (const span of [...one, ...other].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}

/** `raw` from `from` up to `until`, where secrets are masked; what a terminal obeys within one stays. */
function masked(raw: string, spans: readonly Span[], from: number, until: number): string {
  if (until <= from) return ''
  let result = ''
  let done = from
  for (const span of spans) {
    if (span.to <= from || span.from >= until) continue
    if (span.from > done) result += raw.slice(done, span.from)
    result += mask + sequencesIn(raw.slice(span.from, span.to))
    done = span.to
  }
  return result + raw.slice(done, Math.max(done, until))
}
