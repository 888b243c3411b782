import { describe, expect, it } from 'vitest'
import { explainFileFailure, explainInstallFailure } from '../../../../build/prepare/install-failure.mjs'

describe('a failed installation', () => {
  it.each([
    ['ENOTFOUND', 'network connection'],
    ['ECONNREFUSED', 'network connection'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'cafile'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'cafile'],
    ['ENOSPC', 'disk is full'],
    ['EACCES', 'could not be written'],
    ['EUSAGE', 'package-lock.json does not match'],
    ['ELSEWHERE', 'See below'],
  ])('%s names its remedy', (code, remedy) => {
    const text = explainInstallFailure(`npm error code ${code}\nnpm error more\n`, '/p/dist/install.log')
    expect(text).toContain(remedy)
    expect(text).toContain('/p/dist/install.log')
    expect(text).toContain('npm error more')
  })

  it('of this folder itself names its remedy too; what nobody foresaw stays an error', () => {
    const readOnly = Object.assign(new Error("EROFS: read-only file system, mkdir '/p/dist'"), {
      code: 'EROFS',
    })
    expect(explainFileFailure(readOnly)).toMatch(/read-only disk.*\/p\/dist/)
    expect(explainFileFailure(Object.assign(new Error('odd'), { code: 'EODD' }))).toBeNull()
    expect(explainFileFailure(new TypeError('a bug'))).toBeNull()
  })
})
