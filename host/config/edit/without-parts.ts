import { type Place, skipSpace } from './place-json5.ts'

/**
 * The text without some of the members or items of `container`, with their commas, and without their lines
 * where those hold nothing else. A container that had no comma behind its last part has none afterwards.
 */
export function withoutParts<Part extends Place>(
  text: string,
  container: Place,
  parts: readonly Part[],
  isGone: (part: Part, index: number) => boolean,
): string {
  const gone = parts.map(isGone)
  if (!gone.includes(true)) return text
  const commas = parts.map(({ end }) => {
    const at = skipSpace(text, end)
    return text[at] === ',' ? at : null
  })
  const lastKept = gone.lastIndexOf(false)
  const isLastCommaMissing = commas.at(-1) === null
  const cuts: Place[] = []
  for (const [index, part] of parts.entries()) {
    const comma = commas[index] ?? null
    if (gone[index]) cuts.push(...cutsOf(text, container, part, comma))
    else if (index === lastKept && isLastCommaMissing && comma !== null) {
      const next = parts[index + 1]?.start ?? comma
      const isNear = /^[ \t]*$/.test(text.slice(comma + 1, next))
      cuts.push({ start: comma, end: isNear ? next : comma + 1 })
    }
  }
  return withoutPlaces(text, cuts)
}

function cutsOf(text: string, container: Place, part: Place, comma: number | null): Place[] {
  const isNear = comma !== null && /^[ \t]*$/.test(text.slice(part.end, comma))
  const end = isNear ? comma + 1 : part.end
  const cuts = [tidied(text, container, { start: part.start, end }, isNear)]
  if (comma !== null && !isNear) cuts.push({ start: comma, end: comma + 1 })
  return cuts
}

function tidied(text: string, container: Place, { start, end }: Place, hasComma: boolean): Place {
  let lineStart = start
  while (lineStart > container.start + 1 && /[ \t]/.test(text[lineStart - 1] ?? '')) lineStart -= 1
  const [restOfLine = ''] = /^[ \t]*(?:\r?\n)?/.exec(text.slice(end, end + lineLimit)) ?? []
  if (text[lineStart - 1] === '\n' && restOfLine.endsWith('\n')) {
    return { start: lineStart, end: end + restOfLine.length }
  }
  const blanks = restOfLine.replace(/\r?\n$/, '').length
  // The space on one side goes: behind a comma the one after it, else the one before.
  if (hasComma) return { start, end: end + blanks }
  return { start: text[lineStart - 1] === '\n' ? start : lineStart, end }
}

/** Beyond this, what follows is no line of a person's. */
const lineLimit = 1024

function withoutPlaces(text: string, places: readonly Place[]): string {
  let kept = ''
  let at = 0
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    kept += text.slice(at, Math.max(at, start))
    at = Math.max(at, end)
  }
  return kept + text.slice(at)
}
