import { readFile } from 'node:fs/promises'

export interface ListeningSocket {
  readonly inode: string
  readonly uid: number
}

const listening = '0A'
/** 127.0.0.1 and 0.0.0.0 as /proc/net/tcp writes them, and the IPv6 sockets that take IPv4 too. */
const addresses = ['0100007F', '00000000']
const addresses6 = ['0'.repeat(32), '0000000000000000FFFF00000100007F']

/** The socket that answers on 127.0.0.1:`port`; a listener on the address itself wins over a wildcard. */
export async function findListeningSocket(port: number): Promise<ListeningSocket | null> {
  const [four, six] = await Promise.all([readSockets('/proc/net/tcp'), readSockets('/proc/net/tcp6')])
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const address of addresses) {
    const socket = four.get(address + suffix)
    if (socket) return socket
  }
  for (const address of addresses6) {
    const socket = six.get(address + suffix)
    if (socket) return socket
  }
  return null
}

/** Every address on which `port` is listened on: `127.0.0.1`, `0.0.0.0`, `::`; each once. */
export async function listeningAddresses(port: number): Promise<string[]> {
  const sockets = await Promise.all([readSockets('/proc/net/tcp'), readSockets('/proc/net/tcp6')])
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const found = sockets.flatMap((table) => [...table.keys()].filter((local) => local.endsWith(suffix)))
  return [...new Set(found.map((local) => addressText(local.slice(0, -suffix.length))))]
}

/** The kernel writes each 32 bits in the order of this machine's memory. */
function addressText(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((pair) => parseInt(pair, 16)))
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff) {
    return `::ffff:${bytes.slice(12).join('.')}`
  }
  if (bytes.every((byte) => byte === 0)) return '::'
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1'
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16),
  )
  return groups.join(':')
}

async function readSockets(path: string): Promise<Map<string, ListeningSocket>> {
  const text = await readFile(path, 'latin1').catch(() => '') // no IPv6 on this machine
  const found = new Map<string, ListeningSocket>()
  for (const line of text.split('\n').slice(1)) {
    const [, local, , state, , , , uid, , inode] = line.trim().split(/\s+/)
    if (state === listening && local && inode) found.set(local, { inode, uid: Number(uid) })
  }
  return found
}
