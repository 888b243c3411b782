import { escapeControls } from '../../../shared/wording/escape-controls.ts'
import { type Colour, paint } from '../colours.ts'
import type { OutputLook } from '../table.ts'
import { padText, wrapText } from '../text-width.ts'

/** One line of what a label says. */
export type Said = string | { readonly text: string; readonly colour: Colour | null }

export interface Labelled {
  readonly label: string
  readonly said: readonly Said[]
}

const labelWidth = 11
/** Below this, the label stands on a line of its own. */
const leastText = 30

/** Label by label, what is said beside it, wrapped so that the labels stay free. */
export function labelledLines(parts: readonly Labelled[], look: OutputLook): string[] {
  const isNarrow = look.width !== null && look.width - labelWidth < leastText
  const indent = ' '.repeat(isNarrow ? 2 : labelWidth)
  return parts.flatMap(({ label, said }) => {
    const lines = said.flatMap((one) => {
      const { text, colour } = typeof one === 'string' ? { text: one, colour: null } : one
      const width = look.width === null ? null : look.width - indent.length
      return wrapText(escapeControls(text), width).map((line) => paint(line, colour, look.isColoured))
    })
    const title = paint(isNarrow ? label : padText(label, labelWidth), 'bold', look.isColoured)
    if (isNarrow) return [title, ...lines.map((line) => indent + line)]
    return lines.map((line, at) => (at === 0 ? title : indent) + line)
  })
}
