import { expect, it } from 'vitest'
import { PackagingError } from '../../../../build/package/packaging-error.ts'
import { whyPackingFailed } from '../../../../build/package/why-packing-failed.ts'

it('says what to set where a download failed', () => {
  const said = whyPackingFailed(new Error('getaddrinfo ENOTFOUND github.com\n    at …'))
  expect(said).toMatch(/^A download that packing needs failed: getaddrinfo ENOTFOUND github\.com\n/)
  expect(said).toContain('MOLTBOT_ELECTRON_DIST')
  expect(said).toContain('npm run dist:check')
})

it('says no more than the sentence where we know what it is', () => {
  expect(whyPackingFailed(new PackagingError('node is missing.'))).toBe('node is missing.')
})

it('shows where it happened for what nobody foresaw', () => {
  expect(whyPackingFailed(new TypeError('x is not a function'))).toContain('why-packing-failed.spec.ts')
})
