import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

describe('a library that every start needs a part of', () => {
  it('is imported as a whole at run time nowhere: that brings all of it into every start', () => {
    const files = globSync('{shared,host,gateway,electron}/**/*.ts', { cwd: root })
    expect(files.length).toBeGreaterThan(500)
    const whole = files.filter((file) =>
      /\bimport\(\s*['"]zod\b/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(whole).toEqual([])
  })
})
