import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import { listeningAddresses } from '../processes/linux-sockets.ts'

const limitMs = 1_000

/** An address other than this machine's own loopback on which `port` is answered; null where there is none. */
export async function wideAddress(port: number, platform: NodeJS.Platform): Promise<string | null> {
  if (platform === 'linux') return (await listeningAddresses(port)).find((one) => !isLoopback(one)) ?? null
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
  const answers = await Promise.all(others.map(({ address }) => isAnswered(address, port)))
  return others[answers.indexOf(true)]?.address ?? null
}

export function isLoopback(address: string): boolean {
  return /^127\./.test(address) || address === '::1' || /^::ffff:127\./.test(address)
}

function isAnswered(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: limitMs })
    const settle = (isAnswer: boolean) => {
      socket.destroy()
      resolve(isAnswer)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
}
