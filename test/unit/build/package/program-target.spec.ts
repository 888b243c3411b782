import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readProgramTarget } from '../../../../build/package/program-target.ts'
import { ownTarget } from '../../../../build/package/target.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'moltbot-program-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a program tells what it was compiled for: this Node, for this machine', () => {
  expect(readProgramTarget(process.execPath)).toEqual(ownTarget())
})

it.each([
  ['macOS arm64', 'cffaedfe0c000001', { platform: 'darwin', arch: 'arm64' }],
  ['macOS x64', 'cffaedfe07000001', { platform: 'darwin', arch: 'x64' }],
  ['Linux arm64', '7f454c4602010100000000000000000003 00b700', { platform: 'linux', arch: 'arm64' }],
  ['Linux on another processor', '7f454c4602010100000000000000000003 00f300', null],
  ['Windows', '4d5a900003000000', null],
  ['a script', Buffer.from('#!/usr/bin/env node\n').toString('hex'), null],
  ['half a header', '7f454c46', null],
] as const)('%s by its first bytes', (_title, hex, expected) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  const path = join(folder, 'program')
  writeFileSync(path, bytes.length > 4 ? Buffer.concat([bytes, Buffer.alloc(64)]) : bytes)
  expect(readProgramTarget(path)).toEqual(expected)
})
