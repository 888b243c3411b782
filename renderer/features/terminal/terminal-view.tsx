import { useEffect, useRef } from 'react'
import { useCommands } from '../../commands.ts'
import { useWording } from '../../wording.ts'
import { keyNames } from './key-names.ts'
import type { ShownTerminal } from './shown-terminals.ts'
import { TerminalEnd } from './terminal-end.tsx'

/** One terminal: its screen, and under it how it has ended. */
export function TerminalView({ shown }: { shown: ShownTerminal }) {
  const { t } = useWording()
  const { terminal } = useCommands()
  const place = useRef<HTMLDivElement>(null)
  const { number, hasScreen, state } = shown
  useEffect(() => {
    const screen = hasScreen ? terminal.screen(number) : null
    if (!screen || !place.current) return
    const detach = screen.attach(place.current, {
      input: t('terminal.input'),
      tooMuch: t('terminal.tooMuch'),
    })
    terminal.begin(number)
    screen.focus()
    return detach
  }, [terminal, number, hasScreen, t])
  return (
    <>
      <section
        className="terminal-screen"
        aria-label={t('terminal.screen', { number, key: keyNames().leave })}
      >
        <div className="terminal-place" ref={place} />
        {state.name === 'opening' && <p className="terminal-opening">{t('terminal.opening')}</p>}
      </section>
      <TerminalEnd number={number} state={state} />
    </>
  )
}
