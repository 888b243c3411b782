import { describe, expect, it } from 'vitest'
import { createShareable } from '../../../../../gateway/cli/status/report/shareable.ts'

const share = createShareable({
  homes: ['/home/ann.smith', '/data/home/ann.smith'],
  users: ['ann.smith'],
  hosts: ['desk-7.example.org'],
  patterns: ['/customer-\\d+/g'],
})

describe('a text that is made fit to be shown to strangers', () => {
  it.each([
    ['a home folder', '/home/ann.smith/.clawdbot/moltbot.json', '~/.clawdbot/moltbot.json'],
    ['the one behind a link', 'at /data/home/ann.smith: x', 'at ~: x'],
    ['a user', 'started by ann.smith, uid 1000', 'started by <user>, uid 1000'],
    ['a machine', 'on Desk-7 and desk-7.example.org', 'on <host> and <host>'],
    ['a telephone number', 'dm:+4915123456789', 'dm:+…89'],
    ['one in groups', 'call +49 151 2345-6789 now', 'call +…89 now'],
    ['one as people write it', 'or (555) 123-4567', 'or …67'],
    ['the number in a key', 'agent:main:whatsapp:dm:4915123456789', 'agent:main:whatsapp:dm:…89'],
    ['the number of an account', '4915123456789@s.whatsapp.net', '…@s.whatsapp.net'],
    ['mail', 'from ann.smith@example.org', 'from …@example.org'],
    [
      'an address of the net',
      'peer 203.0.113.7 and 8.8.8.8:443',
      'peer <public address> and <public address>:443',
    ],
    ['another one', 'at [2001:db8::1]:443, ::ffff:8.8.8.8', 'at [<public address>]:443, <public address>'],
    ['a token', 'Authorization: Bearer abcdefghijklmnopqrstuvwxyz', 'Authorization: Bearer abcdef…wxyz'],
    ['what the owner’s patterns find', 'customer-42 wrote', '*** wrote'],
  ])('takes out %s', (_, text, shared) => {
    expect(share(text)).toBe(shared)
  })

  it.each([
    'http://127.0.0.1:18789, pid 4242, up 2 h 14 min',
    '192.168.1.20, 10.0.0.1, fe80::1, ::1',
    '2026-11-26T00:07:45.098Z info gateway The gateway is ready port=18789',
    'version 2026.1.24-3, Node 24.18.1, linux 6.18.44 (x64)',
    'moltbot-2026-11-26.log, 120 MB, 21k (11%)',
    '/home/ann.smithers/x and joann.smith',
  ])('leaves %s', (text) => {
    expect(share(text)).toBe(text)
  })
})
