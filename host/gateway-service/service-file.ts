import { createHash } from 'node:crypto'
import type { ServiceView } from '../../shared/gateway-service.ts'

/**
 * Whose a service file is. Ours has one line that says so and carries the digest of all the rest: whoever
 * edits the file breaks it, and whoever copies only the words has none.
 */
const mark = 'Written by Moltbot Desktop; edits are noticed and never overwritten unasked. Digest: '
const markLine = /^(?:# |<!-- )Written by Moltbot Desktop; [^\n]*Digest: ([0-9a-f]{64})(?: -->)?\n/m

export function markedUnit(body: string): string {
  return `# ${mark}${digest(body)}\n${body}`
}

export function markedPlist(head: string, body: string): string {
  return `${head}<!-- ${mark}${digest(head + body)} -->\n${body}`
}

export function judgeServiceFile(text: string): Extract<ServiceView['file'], 'ours' | 'edited' | 'foreign'> {
  const found = markLine.exec(text)
  if (!found) return 'foreign'
  const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length)
  return digest(rest) === found[1] ? 'ours' : 'edited'
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
