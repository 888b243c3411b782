import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { allowedSources } from '../../../../gateway/server/allowed-sources.ts'
import { forwardedBy } from '../../../../gateway/server/trusted-proxies.ts'

const port = 18_789

function request(host: string, origin?: string): IncomingMessage {
  const headers = origin === undefined ? { host } : { host, origin }
  return { headers, rawHeaders: Object.entries(headers).flat() } as unknown as IncomingMessage
}

const hosts = [
  `127.0.0.1:${port}`,
  `localhost:${port}`,
  'evil.example',
  `evil.example:${port}`,
  '127.0.0.1',
  `127.0.0.1:${port + 1}`,
  `127.0.0.1.:${port}`,
  `LOCALHOST:${port}`,
  `2130706433:${port}`,
  `0x7f.1:${port}`,
  `user@127.0.0.1:${port}`,
  `192.168.1.5:${port}`,
]
const origins = [
  undefined,
  `http://127.0.0.1:${port}`,
  `http://localhost:${port}`,
  'null',
  '',
  'http://evil.example',
  `http://evil.example:${port}`,
  `https://127.0.0.1:${port}`,
  `http://127.0.0.1:${port}.evil.example`,
  `http://127.0.0.1:${port}/`,
  `http://192.168.1.5:${port}`,
  'file://',
]

function passing(addresses: readonly string[]): string[] {
  const { isAllowedHost, isAllowedOrigin } = allowedSources(addresses, port)
  return hosts.flatMap((host) =>
    origins.flatMap((origin) => {
      const asked = request(host, origin)
      return isAllowedHost(asked) && isAllowedOrigin(asked) ? [`${host} ${origin ?? '-'}`] : []
    }),
  )
}

const own = [hosts[0], hosts[1]].flatMap((host) =>
  origins.slice(0, 3).map((origin) => `${host} ${origin ?? '-'}`),
)

describe('of 12 hosts and 12 origins', () => {
  it('a gateway on 127.0.0.1 lets its own two names through', () => {
    expect(passing(['127.0.0.1'])).toEqual(own)
  })

  it('one on an address of a network, that address as well', () => {
    const address = `192.168.1.5:${port}`
    const all = [hosts[0], hosts[1], address].flatMap((host) =>
      [...origins.slice(0, 3), `http://${address}`].map((origin) => `${host} ${origin ?? '-'}`),
    )
    expect(passing(['192.168.1.5', '127.0.0.1'])).toEqual(all)
  })

  it('one on every address, literal addresses with their own pages, and no name', () => {
    const found = passing(['0.0.0.0'])
    expect(found).toEqual(expect.arrayContaining(own))
    expect(found).toContain(`192.168.1.5:${port} http://192.168.1.5:${port}`)
    expect(found).toContain('127.0.0.1:18790 -')
    expect(
      found.filter((pair) => pair.includes('evil') || pair.includes('0x') || pair.includes('2130')),
    ).toEqual([])
    // The page of one literal address is foreign to another one.
    expect(found).not.toContain(`127.0.0.1:${port} http://192.168.1.5:${port}`)
  })
})

it('a proxy is only asked whom it speaks for where the owner named it', () => {
  const asked = (remoteAddress: string, forwarded?: string) =>
    forwardedBy(['127.0.0.1'])({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage)
  expect(asked('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7')
  expect(asked('::ffff:127.0.0.1', '10.0.0.1, 203.0.113.7')).toBe('203.0.113.7')
  expect(asked('203.0.113.9', '127.0.0.1')).toBeUndefined()
  expect(asked('127.0.0.1', 'nobody\u001b[2J')).toBeUndefined()
  expect(asked('127.0.0.1')).toBeUndefined()
})
