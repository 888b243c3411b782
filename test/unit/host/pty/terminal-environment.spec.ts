import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLauncherFolder } from '../../../../host/pty/find-launcher.ts'
import { findShell } from '../../../../host/pty/find-shell.ts'
import { terminalEnvironment } from '../../../../host/pty/terminal-environment.ts'

let root: string
const program = (...path: string[]) => {
  const file = join(root, ...path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, '#!/bin/sh\n')
  chmodSync(file, 0o755)
  return file
}
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'moltbot-shell-'))
})
afterAll(() => rmSync(root, { recursive: true }))

describe('the world of a shell', () => {
  it('is the owner’s, without what is ours, the shell’s own, or secret', () => {
    const env = terminalEnvironment(
      {
        PATH: '/usr/bin:/mnt/app/bin',
        APPDIR: '/mnt/app',
        LANG: 'zh_CN.UTF-8',
        EDITOR: 'vi',
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: '--require /x',
        LD_LIBRARY_PATH: '/mnt/app/lib',
        MOLTBOT_SECRETS_FD: '3',
        TMUX: '/tmp/tmux',
        COLUMNS: '40',
        TERM: 'dumb',
        TELEGRAM_TOKEN: '123456:canary',
        CONNECTION: 'tcp://user:123456:canary@host',
      },
      {
        shell: '/bin/zsh',
        launcherFolder: '/opt/moltbot',
        secrets: ['123456:canary', ''],
        nonce: 'n1',
        id: 'terminal-4',
      },
    )
    expect(env).toEqual({
      PATH: '/opt/moltbot:/usr/bin',
      LANG: 'zh_CN.UTF-8',
      EDITOR: 'vi',
      SHELL: '/bin/zsh',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      MOLTBOT_SUPERVISOR: 'n1',
      MOLTBOT_RUN: 'n1.terminal-4',
    })
  })

  it('has the owner’s shell, unless nobody could use that', () => {
    const own = program('bin', 'myshell')
    expect(findShell({ SHELL: own }, 'linux')).toEqual({ file: own, args: [] })
    expect(findShell({ SHELL: own }, 'darwin')).toEqual({ file: own, args: ['-l'] })
    writeFileSync(join(root, 'no-program'), '')
    for (const SHELL of [
      join(root, 'gone'),
      join(root, 'no-program'),
      root,
      'myshell',
      program('bin', 'nologin'),
    ]) {
      expect(findShell({ SHELL }, 'linux')?.file).toMatch(/^\/(usr\/)?bin\/\w*sh$/)
    }
  })

  it('finds the command that belongs to the program', () => {
    const built = program('repository', 'dist', 'moltbot')
    expect(findLauncherFolder(join(root, 'repository/dist/builds/b1/app'))).toBe(join(built, '..'))
    expect(findLauncherFolder(join(root, 'repository/host/pty'))).toBe(join(built, '..'))
    const packaged = program('Moltbot.app', 'Resources', 'moltbot')
    expect(findLauncherFolder(join(root, 'Moltbot.app/Resources/app.asar/app'))).toBe(join(packaged, '..'))
    mkdirSync(join(root, 'bare/moltbot'), { recursive: true }) // a folder of that name is no command
    expect(findLauncherFolder(join(root, 'bare'))).toBeNull()
  })
})
