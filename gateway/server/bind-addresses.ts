import { isIPv4 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { loopback } from '../../shared/endpoints.ts'
import { isLoopbackAddress } from './peer.ts'

export const bindModes = ['loopback', 'lan', 'auto', 'tailnet', 'custom'] as const
export type BindMode = (typeof bindModes)[number]

export type BindOutcome =
  | { readonly ok: true; readonly addresses: readonly string[] }
  /** `customBindHost` is no IPv4 address. */
  | { readonly ok: false; readonly kind: 'invalid'; readonly detail: string }
  /** This machine has no such address, or not now. */
  | { readonly ok: false; readonly kind: 'absent'; readonly address: string; readonly detail: string }

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

export interface BindQuestion {
  readonly mode: BindMode
  readonly customBindHost: string | undefined
  readonly interfaces: () => Interfaces
}

const everywhere = '0.0.0.0'

/**
 * The addresses to listen on, the one that was asked for first. Where that is one of another network, 127.0.0.1 is
 * served as well: the host and the command line of this machine ask there, and nobody else can. Nothing falls back
 * to more than was asked for, as Moltbot does.
 */
export function bindAddresses({ mode, customBindHost, interfaces }: BindQuestion): BindOutcome {
  switch (mode) {
    case 'loopback':
    case 'auto': // loopback where it can be had, and that is always
      return { ok: true, addresses: [loopback] }
    case 'lan':
      return { ok: true, addresses: [everywhere] }
    case 'tailnet': {
      const address = externalAddresses(interfaces()).find(isTailnet)
      if (address) return { ok: true, addresses: [address, loopback] }
      const detail = 'no network interface has an address of a tailnet (100.64.0.0/10)'
      return { ok: false, kind: 'absent', address: 'tailnet', detail }
    }
    case 'custom':
      return customAddresses(customBindHost?.trim() ?? '', interfaces)
  }
}

export function isLoopbackOnly(addresses: readonly string[]): boolean {
  return addresses.every(isLoopbackAddress)
}

function customAddresses(host: string, interfaces: () => Interfaces): BindOutcome {
  if (host === '') return { ok: false, kind: 'invalid', detail: 'is needed for gateway.bind "custom"' }
  if (!isIPv4(host)) {
    return {
      ok: false,
      kind: 'invalid',
      detail: 'must be an IPv4 address of this machine, such as 192.168.1.5',
    }
  }
  if (host === everywhere || host === loopback) return { ok: true, addresses: [host] }
  if (isLoopbackAddress(host) || externalAddresses(interfaces()).includes(host)) {
    return { ok: true, addresses: [host, loopback] }
  }
  const own = externalAddresses(interfaces()).join(', ') || 'none'
  const detail = `no network interface has it; this machine has: ${own}`
  return { ok: false, kind: 'absent', address: host, detail }
}

function externalAddresses(interfaces: Interfaces): string[] {
  const all = Object.values(interfaces).flatMap((entries) => entries ?? [])
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}

/** What Tailscale gives out: 100.64.0.0/10. */
function isTailnet(address: string): boolean {
  const [first, second = 0] = address.split('.').map(Number)
  return first === 100 && second >= 64 && second <= 127
}
