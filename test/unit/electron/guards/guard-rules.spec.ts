import { describe, expect, it } from 'vitest'
import { externalLink, mayNavigate, mayRequest, mayUse } from '../../../../electron/guards/guard-rules.ts'

const page = 'moltbot-desktop://app/'

describe('a link that leaves the page', () => {
  it.each([
    'https://docs.molt.bot/start#here',
    'mailto:help@example.org',
    'mailto:help@example.org?subject=A%20b&body=c&cc=d@example.org',
  ])('%s goes to the desktop', (address) => {
    expect(externalLink(address)).toBe(address)
  })

  it.each([
    'http://example.org/',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'file:///etc/passwd',
    'smb://server/share',
    'data:text/html,x',
    'blob:https://example.org/1',
    'vscode://x',
    'ms-msdt:/id',
    'https://user:secret@example.org/',
    'https:',
    'mailto:a@example.org?attach=/etc/passwd',
    'mailto:a@example.org?ATTACHMENT=/etc/passwd',
    'moltbot-desktop://app/',
    '//example.org',
    '',
    `https://example.org/${'a'.repeat(9_000)}`,
  ])('%j goes nowhere', (address) => {
    expect(externalLink(address)).toBeNull()
  })
})

describe('the window', () => {
  it('goes to its own page only', () => {
    expect(mayNavigate({ url: `${page}#/logs`, isMainFrame: true })).toBe(true)
    expect(mayNavigate({ url: `${page}assets/a.js`, isMainFrame: true })).toBe(true)
  })

  it.each([
    'https://example.org/',
    'file:///etc/passwd',
    'about:blank',
    'moltbot-desktop://other/',
    'moltbot-desktop://app.example.org/',
    'moltbot-desktop://app:80/',
    'moltbot-desktop://user@app/',
    'moltbot-desktop:app/',
    'javascript:alert(1)',
    'no address',
  ])('does not go to %s', (url) => {
    expect(mayNavigate({ url, isMainFrame: true })).toBe(false)
  })

  it('has no frame that goes anywhere', () => {
    expect(mayNavigate({ url: page, isMainFrame: false })).toBe(false)
  })

  it.each([
    [page, true],
    [`${page}assets/main.js`, true],
    ['data:image/png;base64,AA==', true],
    ['https://example.org/', false],
    ['http://127.0.0.1:18789/health', false],
    ['ws://127.0.0.1:18789/', false],
    ['file:///etc/passwd', false],
    ['ftp://example.org/', false],
    ['moltbot-desktop://other/', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['chrome://gpu', false],
  ])('asked for %s: %s', (address, isAllowed) => {
    expect(mayRequest(address, false)).toBe(isAllowed)
  })

  it('has development tools only where they are built in', () => {
    expect(mayRequest('devtools://devtools/bundled/inspector.html', true)).toBe(true)
  })

  it('may write text to the clipboard, and nothing else', () => {
    expect(mayUse('clipboard-sanitized-write', page)).toBe(true)
    expect(mayUse('clipboard-sanitized-write', 'https://example.org/')).toBe(false)
    expect(mayUse('clipboard-sanitized-write', '')).toBe(false)
    for (const permission of [
      'clipboard-read',
      'notifications',
      'media',
      'geolocation',
      'openExternal',
      'unknown',
    ]) {
      expect(mayUse(permission, page)).toBe(false)
    }
  })
})
