import { describe, expect, it } from 'vitest'
import { channelsInHealth, channelsInStatus } from '../../../../../gateway/cli/channels/channel-facts.ts'
import { markOf } from '../../../../../gateway/cli/status/status-parts.ts'
import { thresholds } from '../../../../../shared/metrics.ts'

const mib = 1024 * 1024

describe('the marks of memory and CPU', () => {
  it.each([
    [499 * mib, 'normal'],
    [500 * mib, 'high'],
    [1024 * mib, 'high'],
    [1025 * mib, 'alarm'],
  ])('%i bytes are %s', (bytes, mark) => {
    expect(markOf(bytes, thresholds.rssBytes)).toBe(mark)
  })

  it.each([
    [29.9, 'normal'],
    [30, 'high'],
    [80, 'high'],
    [80.1, 'alarm'],
  ])('%d percent are %s', (percent, mark) => {
    expect(markOf(percent, thresholds.cpuPercent)).toBe(mark)
  })
})

describe('how a channel is', () => {
  const inStatus = (facts: object, account: object = facts) =>
    channelsInStatus({
      channelOrder: ['whatsapp'],
      channelLabels: { whatsapp: 'WhatsApp' },
      channels: { whatsapp: facts },
      channelAccounts: { whatsapp: [{ accountId: 'default', ...account }] },
    })[0]

  it.each([
    [{ configured: true, linked: true, running: true, connected: true }, 'connected', 'well'],
    [{ configured: true, linked: true, running: true, connected: false }, 'not connected', 'trouble'],
    [{ configured: true, linked: false, running: false }, 'not linked', 'trouble'],
    [{ configured: false, linked: false }, 'not linked', 'off'],
    [{ configured: false }, 'not set up', 'off'],
    [{ configured: true, running: true }, 'running', 'well'],
    [{ configured: true, running: false }, 'set up, not running', 'trouble'],
    [{ configured: true, running: true, probe: { ok: false, error: 'x' } }, 'probe failed', 'trouble'],
    [{ configured: true, enabled: false }, 'off', 'off'],
  ])('%o is %s', (facts, word, mood) => {
    expect(inStatus(facts)).toMatchObject({ label: 'WhatsApp', word, mood, accounts: [{ word, mood }] })
  })

  it('tells what went wrong once, and since when it is linked', () => {
    const facts = {
      configured: true,
      linked: true,
      running: false,
      authAgeMs: 7_200_000,
      lastError: 'logged out.',
    }
    expect(inStatus(facts)?.notes).toEqual(['signed in 2 h 0 min ago', 'logged out'])
    expect(inStatus({ configured: true, linked: false, lastError: 'not linked' })?.notes).toEqual([])
  })

  it('is read of a health answer too, and of one that is nothing like it', () => {
    const accounts = { default: { accountId: 'default', configured: true, linked: true } }
    const health = {
      channelOrder: ['whatsapp'],
      channels: { whatsapp: { configured: true, linked: true, accounts } },
    }
    expect(channelsInHealth(health)).toMatchObject([
      { id: 'whatsapp', word: 'linked', accounts: [{ id: 'default' }] },
    ])
    expect(channelsInStatus({ channelOrder: [1, 'x'], channels: null, channelAccounts: 'no' })).toMatchObject(
      [{ id: 'x', label: 'x', accounts: [] }],
    )
  })
})
