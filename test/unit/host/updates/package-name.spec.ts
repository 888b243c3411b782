import { describe, expect, it } from 'vitest'
import { folderName, gatewayId, isPackageName } from '../../../../host/updates/package-name.ts'

describe('the name of a package', () => {
  it('is one that npm gives', () => {
    for (const name of ['clawdbot', 'openclaw', '@scope/gateway', 'a', 'x.y_z~1', '7zip']) {
      expect(isPackageName(name), name).toBe(true)
    }
  })

  it('is no option, path, address, alias or other spelling', () => {
    const others = [
      '',
      '-g',
      '--registry=http://example.com',
      '.',
      '..',
      '../clawdbot',
      './clawdbot',
      '/etc/passwd',
      'a/b',
      '@scope',
      '@scope/',
      '@scope/../x',
      '@/x',
      'clawdbot@latest',
      'npm:clawdbot',
      'file:x',
      'git+ssh://x',
      'http://example.com/x.tgz',
      'Clawdbot',
      'clawd bot',
      'clawdbot\n',
      'clawd\u0000bot',
      'clаwdbot', // a Cyrillic а
      'node_modules',
      'a'.repeat(215),
    ]
    for (const name of others) expect(isPackageName(name), name).toBe(false)
  })

  it('has one folder a version, which is no path', () => {
    const ids = [gatewayId('@a/b', '1.0.0'), gatewayId('b', '1.0.0'), gatewayId('@a/b', '1.0.0-1')]
    expect(ids.map(folderName)).toEqual(['@a+b@1.0.0', 'b@1.0.0', '@a+b@1.0.0-1'])
  })
})
