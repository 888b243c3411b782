import type { Duplex } from 'node:stream'

/** As Node itself answers what is no request: too long a header, too slow, or anything else. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])
const texts: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [408, 'Request Timeout'],
  [413, 'Payload Too Large'],
  [431, 'Request Header Fields Too Large'],
])

/** Answers and hangs up. The status, or null where the peer went by itself. */
export function refuseUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Duplex): number | null {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return null
  }
  const status = statuses.get(code) ?? 400
  socket.end(`HTTP/1.1 ${status} ${texts.get(status)}\r\nConnection: close\r\n\r\n`, () => socket.destroy())
  return status
}
