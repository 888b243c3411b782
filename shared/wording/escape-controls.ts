/**
 * C0 and C1 controls, line separators, and the marks that reorder or hide text: written as escapes they
 * can neither break a line nor act on the terminal that shows it.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

export function escapeControls(text: string): string {
  return text.replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
