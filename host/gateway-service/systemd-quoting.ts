/**
 * systemd's own quoting, systemd.syntax(7) and systemd.service(5): words in double quotes, C escapes inside,
 * `%` doubled against specifiers, and in arguments `$` doubled against variables.
 */
export function quoteArgument(word: string): string {
  return quoteWord(word).replaceAll('$', '$$$$')
}

/** `Environment=`: no variables are replaced there. */
export function quoteAssignment(name: string, value: string): string {
  return quoteWord(`${name}=${value}`)
}

/**
 * The program itself. Null where systemd refuses such a path, or has its first argument read otherwise than its
 * path: variables are put into the one and not into the other.
 */
export function quoteProgram(path: string): string | null {
  return /["'\\$\p{Cc}]/u.test(path) ? null : quoteWord(path)
}

function quoteWord(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('%', '%%')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}

/** The words of a line as systemd takes them apart, whoever wrote it; without variables put in. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  const pattern = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^\s"'\\]|\\.)+)/g
  let end = -1
  for (const match of line.matchAll(pattern)) {
    const word = withoutEscapes(match[1] ?? match[2] ?? match[3] ?? '')
    // Pieces that touch are one word: NAME="a value".
    if (match.index === end && words.length > 0) words.push((words.pop() ?? '') + word)
    else words.push(word)
    end = match.index + match[0].length
  }
  return words
}

function withoutEscapes(text: string): string {
  const known: Record<string, string> = { n: '\n', t: '\t', s: ' ' }
  return text.replace(/\\(.)/g, (_all, char: string) => known[char] ?? char).replaceAll('%%', '%')
}
