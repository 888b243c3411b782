import { positionOf } from './locate.ts'

interface Open {
  readonly mark: '{' | '['
  readonly at: number
  /** What the next token may be. */
  next: 'member' | 'colon' | 'value' | 'item' | 'comma'
}

/** Each also matches up to the end of the text, so that what is never closed is looked at once. */
const token =
  /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)|"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)|'[^'\\]*(?:\\[\s\S][^'\\]*)*(?:'|$)|[{}[\],:]|[^\s{}[\],:"'/]+|\//g

/** What could have stood at `offset` of a text that the parser refused there; empty where it cannot be told. */
export function expectedThere(text: string, offset: number): string {
  const stack: Open[] = []
  for (const { index, 0: written } of text.slice(0, offset).matchAll(token)) {
    if (written.startsWith('//') || written.startsWith('/*')) continue
    const inner = stack.at(-1)
    const quote = written.charAt(0)
    const isOpen = (quote === '"' || quote === "'") && index + written.length === offset
    if (isOpen && (written.length === 1 || !written.endsWith(quote))) {
      return `the ${quote} that closes the text of line ${positionOf(text, index).line}`
    }
    if (written === '{' || written === '[') {
      if (inner) inner.next = 'comma'
      stack.push({ mark: written, at: index, next: written === '{' ? 'member' : 'item' })
    } else if (written === '}' || written === ']') stack.pop()
    else if (!inner) continue
    else if (written === ',') inner.next = inner.mark === '{' ? 'member' : 'item'
    else if (written === ':') inner.next = 'value'
    else if (inner.next === 'member') inner.next = 'colon'
    else inner.next = 'comma'
  }
  const inner = stack.at(-1)
  if (!inner) return text.slice(0, offset).trim() === '' ? '{' : 'nothing more'
  const close = inner.mark === '{' ? '}' : ']'
  const opened = `the ${close} of line ${positionOf(text, inner.at).line}`
  const expected = { member: 'a key', colon: ':', value: 'a value', item: 'a value', comma: ',' }[inner.next]
  const mayClose = inner.next === 'member' || inner.next === 'item' || inner.next === 'comma'
  return mayClose ? `${expected} or ${opened}` : expected
}
