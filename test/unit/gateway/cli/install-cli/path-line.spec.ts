import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pathLine } from '../../../../../gateway/cli/install-cli/path-look.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'moltbot-line-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

it.each([
  ['a plain folder', 'bin'],
  ['one whose name means something to a shell', `it's "$(touch PWNED)" \`touch PWNED\` of mine`],
])('the line puts %s on the PATH of bash, to the letter', (_, name) => {
  const folder = join(home, name)
  const env = { HOME: home, PATH: '/usr/bin:/bin' }
  const bash = (script: string) =>
    execFileSync('/bin/bash', ['--norc', '-c', script], { env, cwd: home, encoding: 'utf8' })
  bash(pathLine(folder, home, '/bin/bash', 'linux'))
  expect(bash('. ~/.bashrc; printf %s "$PATH"')).toBe(`${folder}:${env.PATH}`)
  expect(existsSync(join(home, 'PWNED'))).toBe(false)
})
