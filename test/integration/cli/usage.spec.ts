import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { homes, programs } from '../gateway/gateway-process.ts'

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

  it('explains every command, with examples', async () => {
    const { code, stdout } = await finish(['--help'])
    expect(code).toBe(0)
    for (const command of ['host', 'gateway', 'health', 'service', 'logs'])
      expect(stdout).toContain(`  ${command} `)
    for (const args of [['host'], ['gateway'], ['health'], ['service'], ['logs']]) {
      const help = await finish([...args, '--help'])
      expect(help).toMatchObject({ code: 0, stderr: '' })
      expect(help.stdout).toContain('Examples:')
    }
  })

  it.each([
    [[]],
    [['helth']],
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
  ])('%j is wrong usage: 2, with a word on stderr', async (args) => {
    const { code, stdout, stderr } = await finish(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
    expect(stderr).not.toContain('    at ') // no stack trace
  })
})
