// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
/** A generator of the same numbers for the same seed; from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number
type Mutation = (text: string, random: Random) => string

const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}[\],:]|[\w.$+-]+/g
const values = [
  'null',
  'true',
  'NaN',
  '-Infinity',
  '0x1F',
  '1e309',
  '-0',
  '[]',
  '{}',
  '[[[]]]',
  '""',
  '"\\ud800"',
  "'\\\n'",
  '"${NONE}"',
  '"$${NONE}"',
  '"${}"',
  '[1, "a", {}]',
  '{ $include: "b.json" }',
  '{ $include: ["b.json", "moltbot.json"] }',
  '{ "__proto__": { polluted: 1 } }',
  '{ constructor: { prototype: { polluted: 1 } } }',
  '99999999999999999999',
]
const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '$include',
  'length',
  '0',
  'gateway',
  'port',
  '"\\u0000"',
  '""',
]
const scraps = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  "'",
  '\\',
  '//',
  '/*',
  '*/',
  '\0',
  '\ufeff',
  '\u2028',
  '\ud800',
  '🦞',
  '$',
  '${',
  '\t',
  '\r',
  '\v',
]

const mutations: readonly Mutation[] = [
  (text, random) => splice(text, random, 0, pick(scraps, random)),
  (text, random) => splice(text, random, 1 + Math.floor(random() * 4), ''),
  (text, random) => splice(text, random, 1, String.fromCharCode(Math.floor(random() * 0x300))),
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, random) => onToken(text, random, /^["'\w]/, () => pick(values, random)),
  (text, random) => onToken(text, random, /^["']/, () => pick(values, random)),
  (text, random) => onToken(text, random, /^\d|^true|^false/, () => pick(values, random)),
  (text, random) => onToken(text, random, /^\w/, () => pick(names, random)),
  (text, random) => onToken(text, random, /./, (token) => `${token} ${token}`),
  (text, random) => onToken(text, random, /./, () => ''),
  (text, random) => onToken(text, random, /^[\w"']/, (token) => `[${token}]`),
  (text, random) => onToken(text, random, /^[\w"']/, (token) => `{ deeper: { still: ${token} } }`),
  (text, random) => {
    const from = Math.floor(random() * text.length)
    return splice(text, random, 0, text.slice(from, from + Math.floor(random() * 200)))
  },
  (text, random) => splice(text, random, 0, '['.repeat(Math.floor(random() * 5_000))),
]

/** One to three changes of bytes, tokens, keys, values or nesting. */
export function mutated(text: string, random: Random): string {
  let result = text
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1)
    result = pick(mutations, random)(result, random)
  return result
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('Nothing to pick from')
  return item
}

function splice(text: string, random: Random, count: number, put: string): string {
  const at = Math.floor(random() * (text.length + 1))
  return text.slice(0, at) + put + text.slice(at + count)
}

function onToken(text: string, random: Random, kind: RegExp, change: (token: string) => string): string {
  const found = [...text.matchAll(tokens)].filter(([token]) => kind.test(token))
  if (found.length === 0) return text
  const { index, 0: token } = pick(found, random)
  return text.slice(0, index) + change(token) + text.slice(index + token.length)
}
