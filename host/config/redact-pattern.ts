/** A pattern of `logging.redactPatterns`: `/text/flags`, or the bare text of one. Null where it is none. */
export function parseRedactPattern(pattern: string): RegExp | null {
  const [, body = pattern, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(pattern) ?? []
  try {
    return new RegExp(body, [...new Set(`${flags}g`)].join(''))
  } catch {
    return null
  }
}
