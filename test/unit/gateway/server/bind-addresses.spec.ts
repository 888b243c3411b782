import { describe, expect, it } from 'vitest'
import { type BindMode, bindAddresses, type Interfaces } from '../../../../gateway/server/bind-addresses.ts'

function entry(address: string, family: 'IPv4' | 'IPv6' = 'IPv4', internal = false) {
  const shared = { address, netmask: '255.0.0.0', mac: '00:00:00:00:00:00', internal, cidr: null }
  return family === 'IPv4' ? { ...shared, family } : { ...shared, family, scopeid: 0 }
}

const machine: Interfaces = {
  lo: [entry('127.0.0.1', 'IPv4', true), entry('::1', 'IPv6', true)],
  eth0: [entry('192.168.1.5'), entry('fe80::1', 'IPv6')],
}
const onTailnet: Interfaces = { ...machine, tailscale0: [entry('100.101.102.103')] }

function bind(mode: BindMode, customBindHost?: string, interfaces = machine) {
  return bindAddresses({ mode, customBindHost, interfaces: () => interfaces })
}

describe('the addresses of each mode', () => {
  it.each([
    ['loopback', undefined, machine, ['127.0.0.1']],
    ['auto', undefined, machine, ['127.0.0.1']],
    ['lan', undefined, machine, ['0.0.0.0']],
    ['tailnet', undefined, onTailnet, ['100.101.102.103', '127.0.0.1']],
    ['custom', '192.168.1.5', machine, ['192.168.1.5', '127.0.0.1']],
    ['custom', '127.0.0.2', machine, ['127.0.0.2', '127.0.0.1']],
    ['custom', '127.0.0.1', machine, ['127.0.0.1']],
    ['custom', '0.0.0.0', machine, ['0.0.0.0']],
  ] as const)('%s %s', (mode, host, interfaces, addresses) => {
    expect(bind(mode, host, interfaces)).toEqual({ ok: true, addresses })
  })

  it('are refused, never widened, where this machine has not what was asked for', () => {
    expect(bind('tailnet')).toMatchObject({ ok: false, kind: 'absent' })
    // 100.64.0.0/10 ends at 100.127.255.255, and 10.100.64.1 is none of it.
    const near = { a: [entry('100.128.0.1'), entry('100.63.255.255'), entry('10.100.64.1')] }
    expect(bind('tailnet', undefined, near)).toMatchObject({ ok: false, kind: 'absent' })
    expect(bind('tailnet', undefined, { lo: [entry('100.64.0.1', 'IPv4', true)] })).toMatchObject({
      ok: false,
    })
    expect(bind('custom', '192.168.1.6')).toMatchObject({
      kind: 'absent',
      detail: expect.stringContaining('192.168.1.5'),
    })
  })

  it.each([
    undefined,
    '',
    ' ',
    'localhost',
    '::1',
    '192.168.1',
    '192.168.01.5',
    '3232235781',
    '192.168.1.5:80',
  ])('custom %j is no address', (host) =>
    expect(bind('custom', host)).toMatchObject({ ok: false, kind: 'invalid' }),
  )
})
