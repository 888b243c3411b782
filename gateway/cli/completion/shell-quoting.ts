/** In single quotes, which every shell takes to the letter. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

export function shellWords(words: readonly string[]): string {
  return words.map(shellQuoted).join(' ')
}
