// The escape character and the bell are what these find.
const esc = '\\u001b'
const bell = '\\u0007'

/** What a terminal obeys and does not show; a return to the start of the line, with which long input is wrapped. */
const whole = new RegExp(
  [
    `${esc}\\[[0-?]*[ -/]*[@-~]`,
    `${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)`,
    `${esc}[PX^_][^${esc}]*${esc}\\\\`,
    `${esc}[ -/]*[0-OQ-WYZ\\\\\`-~]`,
    ' ?\\r(?!\\n)',
  ].join('|'),
  'g',
)

const acts = new RegExp(`[${esc}\\r]`)

const begun = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*|\\][^${bell}${esc}]*${esc}?|[PX^_][^${esc}]*${esc}?|[ -/]*)$`,
)
/** Longer than any that means something; what pretends to be one is not waited for. */
const longestBegun = 4 * 1024

export interface SeenText {
  /** Without the sequences. */
  readonly visible: string
  /** The place in the original of each unit that is visible; null where it is the same place. */
  readonly places: Uint32Array | null
  /** Where a sequence begins whose end has not come yet; the length of the text where none does. */
  readonly end: number
}

/** Tells what a terminal shows of a text from what it obeys in it. */
export function seenText(text: string): SeenText {
  if (!acts.test(text)) return { visible: text, places: null, end: text.length }
  const open = text.slice(-longestBegun).search(begun)
  const end = open < 0 ? text.length : Math.max(0, text.length - longestBegun) + open
  const places = new Uint32Array(end)
  let visible = ''
  let from = 0
  const add = (to: number) => {
    for (let at = from; at < to; at += 1) places[visible.length + at - from] = at
    visible += text.slice(from, to)
  }
  for (const found of text.slice(0, end).matchAll(whole)) {
    add(found.index)
    from = found.index + found[0].length
  }
  add(end)
  return { visible, places: places.subarray(0, visible.length), end }
}

/** The sequences in a text, one after the other. */
export function sequencesIn(text: string): string {
  return Array.from(text.matchAll(whole), ([found]) => found).join('')
}
