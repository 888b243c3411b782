/** A text of the catalogues: what stands between backticks is set as code. */
export function CodedText({ children }: { children: string }) {
  return children.split('`').map((part, index) =>
    // The parts of one sentence never change places, so their position names them.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  )
}
