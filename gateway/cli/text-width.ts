const segmenter = new Intl.Segmenter()
const plain = /^[\x20-\x7e]*$/
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u
/** What terminals give two columns: East Asian text and its punctuation, and pictures. */
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f1e6}-\u{1f1ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)/u

/** Columns that a terminal needs for a text without control characters. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += widthOf(segment)
  return width
}

/** The text in no more than `width` columns; what is cut ends in `…`. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width < 1) return ''
  let result = ''
  let used = 1
  for (const { segment } of segmenter.segment(text)) {
    used += widthOf(segment)
    if (used > width) break
    result += segment
  }
  return `${result.trimEnd()}…`
}

/** As {@link cutText}, but the middle goes: what tells such texts apart stands at their ends. */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const end = Math.floor((width - 1) / 2)
  let tail = ''
  for (const { segment } of [...segmenter.segment(text)].toReversed()) {
    if (textWidth(segment + tail) > end) break
    tail = segment + tail
  }
  return `${cutText(text, width - textWidth(tail))}${tail}`
}

export function padText(text: string, width: number, isRight = false): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)))
  return isRight ? space + text : text + space
}

/** By words, each line in no more than `width` columns; a word that is longer stands alone on its own. */
export function wrapText(text: string, width: number | null): string[] {
  if (width === null) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function widthOf(segment: string): number {
  if (invisible.test(segment)) return 0
  return wide.test(segment) ? 2 : 1
}
