import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root as project } from '../../../../build/prepare/root.mjs'

/** The launcher beside stand-ins for Node that tell which of them was run, and with what. */
describe('dist/moltbot', () => {
  let root: string
  const at = (path: string) => join(root, path)
  const node = (path: string, major = 24) => {
    mkdirSync(join(at(path), '..'), { recursive: true })
    writeFileSync(at(path), `#!/bin/sh\n[ "$1" = -p ] && { echo ${major}; exit; }\necho "${path} $*"\n`)
    chmodSync(at(path), 0o755)
  }
  const run = (command: string, ...args: string[]) => {
    const path = `${at('links')}:${at('path')}:/usr/bin:/bin`
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: '/',
      env: { PATH: path },
      encoding: 'utf8',
    })
    return { status, stdout: stdout.replaceAll(root, '').trim(), stderr }
  }

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot launch ')))
    for (const folder of ['project/dist', 'links', 'path']) mkdirSync(at(folder), { recursive: true })
    copyFileSync(join(project, 'build/launch/moltbot'), at('project/dist/moltbot'))
    chmodSync(at('project/dist/moltbot'), 0o755)
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('prefers the packaged Node, then the project’s, then one on the PATH', () => {
    node('path/node')
    expect(run(at('project/dist/moltbot'), 'health').stdout).toBe(
      'path/node /project/dist/app/moltbot.mjs health',
    )
    node('project/node_modules/node/bin/node')
    expect(run(at('project/dist/moltbot')).stdout).toMatch(/^project\/node_modules/)
    node('project/dist/node')
    expect(run(at('project/dist/moltbot')).stdout).toMatch(/^project\/dist\/node/)
  })

  it('finds itself through links, absolute and relative, from the PATH', () => {
    node('project/dist/node')
    symlinkSync(at('project/dist/moltbot'), at('path/absolute'))
    symlinkSync('../path/absolute', at('links/moltbot'))
    expect(run('moltbot', 'a b', 'c').stdout).toBe('project/dist/node /project/dist/app/moltbot.mjs a b c')
  })

  it('says so when the only Node is too old', () => {
    node('path/node', 20)
    const { status, stderr, stdout } = run(at('project/dist/moltbot'))
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('needs Node.js 24 or newer, and found Node.js 20')
  })
})
