import { useCommands } from '../../commands.ts'
import { useWording } from '../../wording.ts'
import { everydayCommands } from './everyday-commands.ts'
import type { ShownTerminal } from './shown-terminals.ts'
import { commandsId } from './terminal-commands.ts'

/** Keys that the keyboard of a telephone lacks. */
const keys = [
  { name: 'Ctrl-C', text: '\u0003' },
  { name: 'Esc', text: '\u001b' },
  { name: 'Tab', text: '\t' },
  { name: '↑', text: '\u001b[A' },
  { name: '↓', text: '\u001b[B' },
]

/** Commands to be typed by a press, and keys that may be missing. */
export function TerminalBar({ shown }: { shown: ShownTerminal | undefined }) {
  const { t } = useWording()
  const { terminal } = useCommands()
  const isOpen = shown?.state.name === 'open'
  const type = (text: string) => {
    if (!shown || !isOpen) return
    terminal.type(shown.number, text)
    terminal.screen(shown.number)?.focus()
  }
  return (
    <div className="terminal-bar">
      {/* The strip is moved sideways, also by the arrow keys. */}
      <fieldset
        className="terminal-commands"
        id={commandsId}
        aria-label={t('terminal.commands')}
        tabIndex={-1}
      >
        <code className="terminal-program" aria-hidden="true">
          moltbot
        </code>
        {everydayCommands.map((command) => (
          <button
            key={command}
            type="button"
            className="terminal-command"
            aria-disabled={!isOpen}
            title={t('terminal.commandHint')}
            onClick={() => type(`moltbot ${command}\r`)}
          >
            <code>
              <span className="unseen">moltbot </span>
              {command}
            </code>
          </button>
        ))}
      </fieldset>
      <fieldset className="terminal-keys" aria-label={t('terminal.keys')}>
        {keys.map(({ name, text }) => (
          <button
            key={name}
            type="button"
            className="terminal-command"
            aria-disabled={!isOpen}
            onClick={() => type(text)}
          >
            <code>{name}</code>
          </button>
        ))}
      </fieldset>
    </div>
  )
}
