/**
 * C0 and C1 controls, line and paragraph separators, and the marks that reorder or hide text. A joiner
 * between two pictographs makes one emoji of them and stays.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}|\p{EMod}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/** As ASCII names them. Unicode has pictures of them too, which many a font lacks. */
const c0Names =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

const anyHidden = new RegExp(hidden.source, 'u')

/** Whether a text needs {@link showControls} at all; most lines do not. */
export function hasControls(text: string): boolean {
  return anyHidden.test(text)
}

/**
 * Writes each such character as something to be seen: `⟨ESC⟩`, `⟨U+202E⟩`. Line feed and tab become `↵` and `⇥`,
 * or stay where `keepBreaks` says that the place can show them.
 */
export function showControls(text: string, keepBreaks: boolean): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code === 0x0a) return keepBreaks ? character : '↵'
    if (code === 0x09) return keepBreaks ? character : '⇥'
    const name = code === 0x7f ? 'DEL' : c0Names[code]
    return name ? `⟨${name}⟩` : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}
