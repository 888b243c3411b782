const quotes = new Set(['"', "'"])

export interface TextLimits {
  readonly levels: number
  readonly values: number
}

/**
 * Whether the objects and lists of a JSON5 text nest deeper than allowed, or hold more values; looks only until they
 * do, and before anything is made of them: 200,000 brackets, or as many mistakes, must neither end the process nor
 * hold it up. In words; null where the text is within the limits.
 */
export function excessOf(text: string, { levels, values }: TextLimits): string | null {
  let depth = 0
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at)
    if (mark === '{' || mark === '[') {
      depth += 1
      count += 1
    } else if (mark === ',') count += 1
    else if (mark === '}' || mark === ']') depth -= 1
    else if (quotes.has(mark)) at = endOfText(text, at)
    else if (mark === '/') at = endOfComment(text, at)
    if (depth > levels) return `it nests more than ${levels} levels deep`
    if (count > values) return `it has more than ${values} values`
  }
  return null
}

function endOfText(text: string, start: number): number {
  const quote = text[start]
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === quote) return at
  }
  return text.length
}

const lineEnd = /[\n\r\u2028\u2029]/g

function endOfComment(text: string, start: number): number {
  if (text[start + 1] === '*') {
    const end = text.indexOf('*/', start + 2)
    return end < 0 ? text.length : end + 1
  }
  if (text[start + 1] !== '/') return start
  lineEnd.lastIndex = start
  return lineEnd.exec(text)?.index ?? text.length
}
