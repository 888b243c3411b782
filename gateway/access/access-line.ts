import { jsonLine } from '../log/log-line.ts'
import type { LogRecord } from '../log/log-record.ts'
import { type AccessEntry, isRefusal } from './access-log.ts'
import type { ProbeSum } from './probe-counts.ts'

/** What a visitor says of itself may be long and hostile; more of it helps nobody. */
const maxChars = 200

/** One line in the log's own form. What the visitor chose is redacted, cut and escaped. */
export function accessLine(entry: AccessEntry, at: Date, redact: (text: string) => string): string {
  const { client, request, ...facts } = entry
  const shown = (text: string) => cut(redact(text))
  const data = {
    ...facts,
    ...(entry.forwardedFor === undefined ? {} : { forwardedFor: shown(entry.forwardedFor) }),
    ...(entry.reason === undefined ? {} : { reason: shown(entry.reason) }),
    ...(request === undefined ? {} : { request: shown(withoutQuery(request)) }),
    ...(client === undefined
      ? {}
      : { client: { id: shown(client.id), mode: shown(client.mode), version: shown(client.version) } }),
  }
  return jsonLine(record(at, isRefusal(entry) ? 'warn' : 'info', messages[entry.kind], data))
}

export type FloodSum = { readonly count: number } & (
  | { readonly kind: 'refused'; readonly reasons: Readonly<Record<string, number>> }
  | { readonly kind: 'http'; readonly requests: Readonly<Record<string, number>> }
)

/** One line for many. */
export function summaryLine(sum: ProbeSum | FloodSum, at: Date): string {
  const isRefused = sum.kind === 'refused'
  const what = isRefused ? 'refusals' : 'request' in sum ? `of ${sum.request}` : 'requests'
  const message = `and ${sum.count.toLocaleString('en')} more ${what}`
  return jsonLine(record(at, isRefused ? 'warn' : 'info', message, { ...sum }))
}

function record(
  at: Date,
  level: LogRecord['level'],
  message: string,
  data: Record<string, unknown>,
): LogRecord {
  return { at, level, subsystem: 'access', message, data }
}

const messages: Record<AccessEntry['kind'], string> = {
  http: 'request',
  connect: 'client in',
  refused: 'client not let in',
  disconnect: 'client out',
}

/** Callers leave it out; a secret in an address is worth looking twice. */
function withoutQuery(request: string): string {
  const [before = ''] = request.split(/[?#]/)
  return before
}

function cut(text: string): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text
}
