import { useWording } from '../../wording.ts'
import { type ShownTerminal, useShownTerminals } from './shown-terminals.ts'

type TerminalTabsProps = { terminals: readonly ShownTerminal[]; selected: number | null }

/** Which of several terminals is shown. */
export function TerminalTabs({ terminals, selected }: TerminalTabsProps) {
  const { t } = useWording()
  const select = useShownTerminals((store) => store.select)
  return (
    <fieldset className="terminal-tabs" aria-label={t('terminal.tabs')}>
      {terminals.map(({ number, state }) => (
        <button
          key={number}
          type="button"
          className="terminal-tab"
          aria-pressed={number === selected}
          onClick={() => select(number)}
        >
          {t('terminal.tab', { number })}
          {state.name !== 'open' && state.name !== 'opening' && (
            <span className="terminal-tab-ended">
              {' '}
              {t(state.name === 'refused' ? 'terminal.tabRefused' : 'terminal.tabEnded')}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  )
}
