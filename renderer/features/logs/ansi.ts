import { hasControls, showControls } from './visible-controls.ts'

export const ansiColours = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const
export type AnsiColour = (typeof ansiColours)[number]

export interface TextStyle {
  readonly colour: AnsiColour | null
  readonly bold: boolean
  readonly dim: boolean
  readonly italic: boolean
  readonly underline: boolean
}

export interface StyledText {
  readonly text: string
  readonly style: TextStyle
}

export const plainStyle: TextStyle = {
  colour: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
}

/** A complete "select graphic rendition"; its parameters are digits, semicolons and colons only. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what this finds
const sgr = /\u001b\[([0-9;:]*)m/g

/**
 * A log line as it may be shown. Colours and emphasis become style; every other escape sequence and
 * control character becomes visible text, so nothing acts and nothing is lost. Backgrounds, inversion and
 * concealment are left out: with them a line could hide what it says.
 */
export function styledText(raw: string, keepBreaks = false): StyledText[] {
  if (!hasControls(raw)) return raw === '' ? [] : [{ text: raw, style: plainStyle }]
  const pieces: StyledText[] = []
  let style = plainStyle
  let from = 0
  const add = (to: number) => {
    if (to > from) pieces.push({ text: showControls(raw.slice(from, to), keepBreaks), style })
  }
  for (const found of raw.matchAll(sgr)) {
    add(found.index)
    style = applied(style, found[1] ?? '')
    from = found.index + found[0].length
  }
  add(raw.length)
  return pieces
}

/** The same without style: what is searched and copied. */
export function visibleText(raw: string, keepBreaks = false): string {
  return hasControls(raw) ? showControls(raw.replace(sgr, ''), keepBreaks) : raw
}

function applied(before: TextStyle, parameters: string): TextStyle {
  let style = before
  const codes = parameters.split(';')
  for (let index = 0; index < codes.length; index++) {
    // `4:3` is an underline of some kind; the kind does not matter here.
    const code = Number(codes[index]?.split(':', 1)[0])
    // The colours of the extended palettes have no contrast we could vouch for; their numbers are passed over.
    if (code === 38 || code === 48 || code === 58) {
      if (codes[index]?.includes(':')) continue
      index += codes[index + 1] === '2' ? 4 : 2
      if (code === 38) style = { ...style, colour: null }
    } else style = withCode(style, code)
  }
  return style
}

function withCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return plainStyle
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 3) return { ...style, italic: true }
  if (code === 4 || code === 21) return { ...style, underline: true }
  if (code === 22) return { ...style, bold: false, dim: false }
  if (code === 23) return { ...style, italic: false }
  if (code === 24) return { ...style, underline: false }
  const hue = code >= 30 && code <= 39 ? code - 30 : code >= 90 && code <= 97 ? code - 90 : null
  // Black and white are whatever the theme's text is.
  return hue === null ? style : { ...style, colour: ansiColours[hue - 1] ?? null }
}
