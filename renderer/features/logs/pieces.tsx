import { plainStyle } from './ansi.ts'
import type { RowPiece } from './row-pieces.ts'

/** Styled text with its matches marked. Only text: nothing of a line becomes an element or an address. */
export function Pieces({ pieces }: { pieces: readonly RowPiece[] }) {
  return pieces.map(({ text, style, isMatch }, index) => {
    if (style === plainStyle && !isMatch) return text
    const Tag = isMatch ? 'mark' : 'span'
    return (
      <Tag
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never change places
        key={index}
        data-colour={style.colour ?? undefined}
        data-bold={style.bold || undefined}
        data-dim={style.dim || undefined}
        data-italic={style.italic || undefined}
        data-underline={style.underline || undefined}
      >
        {text}
      </Tag>
    )
  })
}
