// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stateFolders } from './state-folder.ts'

const folder = stateFolders()

/** Texts near enough to a configuration to get past the first character. */
const fragment = fc.constantFrom(
  ...['{', '}', '[', ']', ':', ',', '"', "'", '\\', '\n', '//', '/*', '*/', '$include', '${A}', '$${A}'],
  ...[
    'gateway',
    'port',
    'auth',
    'token',
    'logging',
    'level',
    '__proto__',
    'NaN',
    '0x10',
    'null',
    '\u2028',
    '\ud800',
  ],
)
const nearMiss = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''))

describe('any text at all', () => {
  it('gives a value: loaded, or a problem with its place', async () => {
    const { paths, load } = folder()
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), nearMiss, fc.json()), async (text) => {
        writeFileSync(paths.configPath, text)
        const loaded = await load()
        if (loaded.ok) return
        expect(loaded.code).toMatch(/^CONFIG_/)
        if ('line' in loaded.params) expect(loaded.params.line).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('also as bytes, in the configuration and in .env', async () => {
    const { paths, load } = folder()
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ maxLength: 200 }),
        async (one, other) => {
          writeFileSync(paths.configPath, one)
          writeFileSync(paths.envFilePath, other)
          expect(typeof (await load()).ok).toBe('boolean')
        },
      ),
      { numRuns: 150 },
    )
  })
})
