import { expect, it } from 'vitest'
import { thirdPartyNotices } from '../../../../build/package/notices.ts'
import { root } from '../../../../build/prepare/root.mjs'

it('a package has the licences of what is bundled, loaded and shipped in it, and of nothing else', () => {
  const text = thirdPartyNotices(root)
  for (const name of [
    'react 19',
    'ws 8',
    'electron-updater 6',
    '@napi-rs/keyring 2',
    'npm 12',
    'Node.js 24',
  ]) {
    expect(text, name).toMatch(new RegExp(`^${name.replace('.', '\\.')}[.\\d]*$`, 'm'))
  }
  expect(text).toContain('Copyright (c) Meta Platforms') // React's
  expect(text).toContain('Copyright Node.js contributors')
  expect(text).not.toMatch(/^(vitest|electron-builder|playwright-core|typescript) \d/m)
})
