import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../../gateway/cli/program.ts'
import { filesIn } from '../../fixtures/tree-digest.ts'
import { commandLine, homes, programs } from '../gateway/gateway-process.ts'
import { runOnce } from './installed-copy.ts'

const home = homes()
const run = programs()

async function finish(args: readonly string[]) {
  const program = run(args, home().env)
  const code = await program.exit
  return { code, ...program.output() }
}

describe('the command line', () => {
  it('says its version and nothing else', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'))
    for (const flag of ['--version', '-V']) {
      expect(await finish([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    }
  })

  it('shows every command by groups, in 80 columns', async () => {
    const { code, stdout, stderr } = await finish(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const program = buildProgram(() => {})
    for (const command of program.createHelp().visibleCommands(program)) {
      expect(stdout).toContain(`\n  ${command.name()} `)
      expect(command.helpGroup()).not.toBe('')
    }
    expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([])
    expect(await finish(['help'])).toEqual({ code, stdout, stderr })
  })

  it('explains every command, with examples', async () => {
    const commands = [
      'host',
      'gateway',
      'health',
      'service',
      'logs',
      'completion',
      'install-cli',
      'uninstall',
    ]
    for (const help of await Promise.all(commands.map((command) => finish([command, '--help'])))) {
      expect(help).toMatchObject({ code: 0, stderr: '' })
      expect(help.stdout).toContain('Examples:')
    }
  })

  it('says what was probably meant, and where to read more', async () => {
    const command = await finish(['helth'])
    expect(command).toMatchObject({ code: 2, stdout: '' })
    expect(command.stderr).toMatch(/Did you mean health\?\)\nSee: moltbot --help\n$/)
    const option = await finish(['logs', '--folow'])
    expect(option.stderr).toMatch(/Did you mean --follow\?\)\nSee: moltbot logs --help\n$/)
  })

  it.each([
    [[]],
    [['health', 'extra']],
    [['health', '--timeout', '0']],
    [['health', '--timeout', 'soon']],
    [['health', '--port', '65536']],
    [['gateway', '--port', '0']],
    [['gateway', '--port', '0x10']],
    [['gateway', '--port', '65536']],
    [['gateway', '--loud']],
    [['host', '--port', 'nan']],
    [['host', '--gateway-port', '0']],
    [['service']],
    [['service', 'explode']],
    [['--profile', '../elsewhere', 'health']],
    [['health', '--profile', 'work']],
  ])('%j is wrong usage: 2, with a word on stderr', async (args) => {
    const { code, stdout, stderr } = await finish(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
    expect(stderr).not.toContain('    at ') // no stack trace
  })
})

describe('a profile', () => {
  it('has a state, a host and a log of its own, and touches no other', () => {
    const { base, env, stateDir } = home('{ gateway: { mode: "local" } }')
    const before = filesIn(base)
    const words = ['--profile', 'work', 'secrets', 'set', 'SOME_KEY']
    // A sealed or system store is none of this test's; the readable file shows at once whose state it was.
    const set = runOnce(
      '/bin/sh',
      ['-c', 'printf %s some-value | "$0" "$@"', process.execPath, commandLine, ...words],
      env,
    )
    expect(set.code).toBe(0)
    expect(readFileSync(join(base, '.clawdbot-work/.env'), 'utf8')).toContain('SOME_KEY')
    expect(existsSync(join(base, '.local/share/moltbot-desktop/host-work'))).toBe(true)
    const mine = Object.entries(filesIn(base)).filter(([path]) => !/^\.(?:clawdbot-work|local)\//.test(path))
    expect(Object.fromEntries(mine)).toEqual(before)
    const logs = (...args: string[]) =>
      JSON.parse(
        runOnce(process.execPath, [commandLine, ...args, 'logs', '--json'], env).stdout.split('\n')[0] ?? '',
      )
    expect(logs('--dev').file).toContain(join(base, '.clawdbot-dev/logs/'))
    expect(logs().file).toContain(join(base, 'log/'))
    expect(existsSync(join(stateDir, '.env'))).toBe(false)
  })
})
