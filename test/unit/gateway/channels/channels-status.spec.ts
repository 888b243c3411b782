import { execFileSync } from 'node:child_process'
import { symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channelsStatus } from '../../../../gateway/channels/channels-status.ts'
import { summaryLines } from '../../../../gateway/channels/summary-lines.ts'
import { sessionFolders } from '../sessions/session-folder.ts'

const folder = sessionFolders()
const creds = (number: string) =>
  JSON.stringify({
    noiseKey: { private: 'c4nary-private' },
    me: { id: `${number}:5@s.whatsapp.net`, name: 'Ann' },
  })

describe('what is said of channels', () => {
  it('comes from the configuration and the keys, of which none is told', async () => {
    const { state, stateDir, write } = folder()
    const path = write(join(stateDir, 'credentials/whatsapp/default/creds.json'), creds('491701'))
    const hourAgo = Date.now() / 1_000 - 3_600
    utimesSync(path, hourAgo, hourAgo)
    const config = {
      channels: {
        defaults: { groupPolicy: 'open' },
        whatsapp: { dmPolicy: 'allowlist', allowFrom: ['+1', '+2', '+3'] },
        telegram: { botToken: 'c4nary-bot', enabled: false },
        homemade: { token: 'c4nary-own' },
      },
    }
    const status = await channelsStatus(state(config))
    expect(status).toMatchObject({
      channelOrder: ['telegram', 'whatsapp', 'homemade'],
      channelLabels: { telegram: 'Telegram', whatsapp: 'WhatsApp', homemade: 'homemade' },
      channelDefaultAccountId: { whatsapp: 'default', telegram: 'default' },
      channels: {
        whatsapp: {
          configured: true,
          linked: true,
          running: false,
          connected: false,
          self: { e164: '+491701', jid: '491701:5@s.whatsapp.net' },
          lastError: 'This gateway does not run channels yet.',
        },
        telegram: { configured: true, running: false },
      },
      channelAccounts: {
        whatsapp: [{ accountId: 'default', enabled: true, linked: true, dmPolicy: 'allowlist' }],
        telegram: [{ accountId: 'default', enabled: false }],
      },
    })
    const { authAgeMs } = status.channels.whatsapp ?? {}
    expect(authAgeMs).toBeGreaterThan(3_590_000)
    expect(authAgeMs).toBeLessThan(3_700_000)
    expect(JSON.stringify(status)).not.toContain('c4nary')
    expect(summaryLines(status)).toEqual([
      'Telegram: disabled',
      '  - default (disabled)',
      'WhatsApp: linked +491701 auth 1h ago',
      '  - default (dm:allowlist, allow:+1,+2)',
      'homemade: configured',
      '  - default',
    ])
  })

  it('knows several accounts, another folder, and the place of older releases', async () => {
    const { state, stateDir, base, write } = folder()
    write(join(stateDir, 'credentials/creds.json'), creds('1'))
    const [plain, none] = [await channelsStatus(state()), await channelsStatus(folder().state())]
    expect(plain.channels.whatsapp).toMatchObject({ linked: true, self: { e164: '+1' } })
    expect(none.channelOrder).toEqual([])
    write(join(stateDir, 'credentials/whatsapp/b/creds.json'), creds('2'))
    write(join(base, 'auth/creds.json'), creds('3'))
    const accounts = { b: { enabled: false }, a: { authDir: '~/auth', name: 'Mine' }, '../../x': {}, c: {} }
    const status = await channelsStatus(state({ channels: { whatsapp: { accounts } } }))
    expect(status.channelAccounts.whatsapp).toMatchObject([
      { accountId: 'a', name: 'Mine', linked: true },
      { accountId: 'b', enabled: false, linked: true },
      { accountId: 'c', linked: false },
    ])
    expect(status).toMatchObject({
      channelDefaultAccountId: { whatsapp: 'a' },
      channels: { whatsapp: { self: { e164: '+3' } } },
    })
  })

  it.each([
    ['a FIFO', (path: string) => execFileSync('mkfifo', [path]), 'not a regular file'],
    ['a link out of the state folder', (path: string) => symlinkSync('/etc/passwd', path), 'leads out of'],
    [
      'half a file',
      (path: string) => execFileSync('sh', ['-c', `printf '{"me":{"id"' > '${path}'`]),
      'damaged',
    ],
    ['an empty file', (path: string) => execFileSync('touch', [path]), 'does not run channels'],
  ])('%s in the place of the keys is no link to a device', async (_, make, words) => {
    const { state, stateDir } = folder()
    const place = join(stateDir, 'credentials/whatsapp/default')
    execFileSync('mkdir', ['-p', place])
    make(join(place, 'creds.json'))
    const status = await channelsStatus(state({ channels: { whatsapp: {} } }))
    expect(status.channels.whatsapp).toMatchObject({ linked: false, authAgeMs: null })
    expect(status.channels.whatsapp?.lastError).toContain(words)
  })
})
