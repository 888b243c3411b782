import { afterEach, expect, it, vi } from 'vitest'
import { runProgram } from '../../../../../gateway/cli/program.ts'
import { everydayCommands } from '../../../../../renderer/features/terminal/everyday-commands.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it.each(everydayCommands)(
  'moltbot %s, which the Terminal page offers, is a command of ours',
  async (command) => {
    let said = ''
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += text
      return true
    })
    const words = command.split(' ')
    const options = words.filter((word) => word.startsWith('--'))
    const names = words.slice(0, options[0] ? words.indexOf(options[0]) : words.length)
    await runProgram([...names, '--help'])
    // An unknown one gets the help of the whole.
    expect(said).toMatch(new RegExp(`^Usage: moltbot ${names.join(' ')} `))
    for (const option of options) expect(said).toContain(`${option} `)
  },
)
