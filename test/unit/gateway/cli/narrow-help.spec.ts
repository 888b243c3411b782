import { expect, it } from 'vitest'
import { buildProgram } from '../../../../gateway/cli/program.ts'

it('fits terminals of 40 and of 80 columns', () => {
  const program = buildProgram(() => {})
  for (const command of [program, ...program.commands]) {
    for (const width of [40, 80]) {
      const help = Object.assign(command.createHelp(), { helpWidth: width })
      const [usage, ...lines] = help.formatHelp(command, help).split('\n')
      expect(usage).toMatch(/^Usage: /)
      // A name alone may be longer than half of a narrow terminal.
      const tooLong = lines.filter((line) => [...line].length > width && !/^ {2}\S/.test(line))
      expect({ command: command.name(), width, tooLong }).toEqual({
        command: command.name(),
        width,
        tooLong: [],
      })
    }
  }
})
