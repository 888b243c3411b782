import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { markReady, readyFileVariable } from '../../../electron/ready-mark.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moltbot-ready-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('leaves the mark once, and takes its name out of the environment', () => {
  const path = join(folder, 'ready')
  const env = { [readyFileVariable]: path }
  markReady(env)
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid}\n`)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(env).toEqual({})
  rmSync(path)
  markReady(env)
  expect(() => statSync(path)).toThrow('ENOENT')
})

it('does nothing where nobody waits, or nobody waits any longer', () => {
  markReady({})
  markReady({ [readyFileVariable]: join(folder, 'gone', 'ready') })
})

it('writes over nothing, and through no link', () => {
  const other = join(folder, 'other')
  writeFileSync(other, 'mine')
  symlinkSync(other, join(folder, 'link'))
  markReady({ [readyFileVariable]: other })
  markReady({ [readyFileVariable]: join(folder, 'link') })
  expect(readFileSync(other, 'utf8')).toBe('mine')
})
