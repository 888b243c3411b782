import { parseEnv } from 'node:util'

/**
 * Edits the text of a `.env` file: only the lines of one name change, all others keep their bytes. Null
 * where that cannot be done so that what Node reads from it changes in that one name and nothing else.
 */
export function setEnvLine(text: string, name: string, value: string): string | null {
  const places = placesOf(text, name)
  for (const spelled of spellings(value)) {
    const line = `${name}=${spelled}`
    const changed = places.length > 0 ? replaced(text, places, line) : appended(text, line)
    if (readsAs(changed, text, name, value)) return changed
  }
  return null
}

/** Takes every line of the name out. The same text where there is none. */
export function removeEnvLine(text: string, name: string): string | null {
  const changed = replaced(text, placesOf(text, name), null)
  return readsAs(changed, text, name, undefined) ? changed : null
}

interface Place {
  readonly from: number
  /** After its line end. */
  readonly to: number
}

/** Comments, and assignments with values that may go over several lines in quotes, as Node reads them. */
const assignment =
  /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)[^\S\n]*=[^\S\n]*(?:"[^"]*"|'[^']*'|`[^`]*`|[^\n]*)[^\n]*(?:\n|$)/

function placesOf(text: string, name: string): Place[] {
  const places: Place[] = []
  for (let from = 0; from < text.length; ) {
    const rest = text.slice(from)
    const found = assignment.exec(rest)
    const lineEnd = rest.indexOf('\n')
    const length = found ? found[0].length : lineEnd < 0 ? rest.length : lineEnd + 1
    if (found?.[1] === name) places.push({ from, to: from + length })
    from += length
  }
  return places
}

/** The last place counts and takes the line; the others go. */
function replaced(text: string, places: readonly Place[], line: string | null): string {
  let result = text
  places.toReversed().forEach(({ from, to }, index) => {
    const end = text.slice(from, to).endsWith('\r\n')
      ? '\r\n'
      : text.slice(from, to).endsWith('\n')
        ? '\n'
        : ''
    const written = index === 0 && line !== null ? line + end : ''
    result = result.slice(0, from) + written + result.slice(to)
  })
  return result
}

function appended(text: string, line: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${line}${end}`
}

/** Plain where every reader of such files agrees; else in quotes that are not in the value. */
function spellings(value: string): string[] {
  const plain = /^[\w./:@%+=,~-]+$/.test(value) ? [value] : []
  return [...plain, ...["'", '"', '`'].filter((quote) => !value.includes(quote)).map((q) => q + value + q)]
}

function readsAs(changed: string, before: string, name: string, value: string | undefined): boolean {
  const expected = new Map(Object.entries(parseEnv(before)))
  if (value === undefined) expected.delete(name)
  else expected.set(name, value)
  const found = Object.entries(parseEnv(changed))
  return found.length === expected.size && found.every(([key, text]) => expected.get(key) === text)
}
