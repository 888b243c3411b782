import { createRedactor } from '../../../log/redact.ts'
import { withoutPublicAddresses } from './public-addresses.ts'

export interface Private {
  /** Home folders as paths, the longest first counts. */
  readonly homes: readonly string[]
  readonly users: readonly string[]
  /** Names of this machine. */
  readonly hosts: readonly string[]
  /** The owner's `logging.redactPatterns`. */
  readonly patterns: readonly string[]
}

const mail = /[\w.%+-]+@(?=[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})/gi
/** With its country code, however it is grouped; in the usual American grouping; or as a bare row of digits. */
const phone =
  /\+\d[\d ()./-]{5,20}\d|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|(?<![\w.-])\d{9,15}(?![\w.-]|\.\d)|(?<=[:@_])\d{7,15}(?=$|[:@\s"'])/g

/**
 * Makes a text fit to be shown to strangers: nothing of it is a secret, names the user or the machine, or leads to a
 * person by telephone, mail or address.
 */
export function createShareable({ homes, users, hosts, patterns }: Private): (text: string) => string {
  const redactor = createRedactor({ secrets: [], patterns, usesPatterns: true })
  const folders = homes.filter((home) => home.length > 1).toSorted((a, b) => b.length - a.length)
  const names = [
    ...wordsOf(users).map((user) => [asWord(user), '<user>'] as const),
    ...wordsOf(hosts.flatMap((host) => [host, host.split('.', 1)[0] ?? ''])).map(
      (host) => [asWord(host), '<host>'] as const,
    ),
  ]
  return (text) => {
    let result = redactor.text(text)
    for (const home of folders) result = result.replace(asFolder(home), '~')
    result = result.replace(mail, '…@').replace(phone, shortened)
    result = withoutPublicAddresses(result)
    for (const [name, stand] of names) result = result.replace(name, stand)
    return result
  }
}

/** What is left tells two of them apart, and no more. */
function shortened(number: string): string {
  return `${number.startsWith('+') ? '+' : ''}…${number.slice(-2)}`
}

/** `localhost` names no machine. */
function wordsOf(names: readonly string[]): string[] {
  return [...new Set(names)]

    .filter((name) => name.length > 1 && name !== 'localhost')
    .toSorted((a, b) => b.length - a.length)
}

function asWord(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])`, 'giu')
}

function asFolder(path: string): RegExp {
  return new RegExp(`${literal(path)}(?=$|[^\\w.-])`, 'g')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
