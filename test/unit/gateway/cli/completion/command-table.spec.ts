import { describe, expect, it } from 'vitest'
import { commandTable } from '../../../../../gateway/cli/completion/command-table.ts'
import { configKeys } from '../../../../../gateway/cli/completion/config-keys.ts'
import { specialValues } from '../../../../../gateway/cli/completion/value-kinds.ts'
import { buildProgram } from '../../../../../gateway/cli/program.ts'

const program = buildProgram(() => {})
const table = commandTable(program)

describe('what completion knows', () => {
  it('is every command and option of the command line', () => {
    const at = (path: string) => table.find((one) => one.path === path)
    expect(at('')?.commands.map(({ name }) => name)).toEqual(
      program
        .createHelp()
        .visibleCommands(program)
        .map((command) => command.name()),
    )
    expect(at('service restart')?.options.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['--json', '--timeout', '--help', '-h']),
    )
    expect(at('logs')?.options.map(({ name }) => name)).not.toContain('--token')
    // Hidden, and yet it can be typed.
    expect(at('daemon status')).toBeDefined()
    expect(at('')?.commands.map(({ name }) => name)).not.toContain('daemon')
    expect(at('update channel')?.places).toEqual([{ kind: 'words', words: ['stable', 'beta'] }])
    expect(at('backup create')?.options.find(({ name }) => name === '--to')?.value).toEqual({
      kind: 'folders',
    })
  })

  it('names no place that there is not', () => {
    const places = table.flatMap(({ path }) => {
      const command = path
        .split(' ')
        .reduce((at, name) => at?.commands.find((child) => child.name() === name) ?? at, program)
      const options = command.options.map(({ long }) => `${path} ${long}`)
      return [...options, ...command.registeredArguments.map((argument) => `${path} ${argument.name()}`)]
    })
    expect(Object.keys(specialValues).filter((place) => !places.includes(place))).toEqual([])
  })

  it('has the keys of the configuration', () => {
    expect(configKeys()).toEqual(expect.arrayContaining(['gateway', 'gateway.auth.token', 'logging.level']))
    for (const key of configKeys()) expect(key).toMatch(/^[\w.-]+$/)
  })
})
