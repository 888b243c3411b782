import type { HostClient } from '../../../shared/host-client.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { ask } from '../../parts/ask.ts'
import { focusOn } from '../../parts/focus-on.ts'
import { useSession } from '../session/session-store.ts'
import { nextNumber, useShownTerminals } from './shown-terminals.ts'
import type { TerminalScreen } from './terminal-screen.ts'
import { TerminalTalk } from './terminal-talk.ts'
import { useTerminals } from './terminals-store.ts'

/** Where the keyboard goes that leaves a terminal. */
export const commandsId = 'terminal-commands'

export interface TerminalCommands {
  /** Opens one more; its screen is there once {@link screen} gives it. */
  open(): Promise<void>
  /** In the place of one that has ended. */
  openAgain(number: number): Promise<void>
  close(number: number): void
  /** As if it had been typed. */
  type(number: number, text: string): void
  /** The screen is in the page and has its size: the shell may begin. */
  begin(number: number): void
  screen(number: number): TerminalScreen | null
  /** Whether all screens speak to a screen reader. */
  readAloud(isOn: boolean): void
  allowInBrowser(isAllowed: boolean): Promise<void>
}

interface OpenTerminal {
  readonly screen: TerminalScreen
  readonly talk: TerminalTalk
  hasBegun: boolean
}

/** The terminals of this page, each with its screen; they go on while other pages are looked at. */
export function terminalCommands(client: HostClient): TerminalCommands {
  const open = new Map<number, OpenTerminal>()
  const shown = useShownTerminals
  // With its connection a terminal is gone, also where another connection follows.
  useSession.subscribe(({ connection }) => {
    if (connection.name === 'connected') return
    for (const { number, state } of shown.getState().terminals) {
      if (state.name !== 'open' && state.name !== 'opening') continue
      open.get(number)?.talk.end()
      open.get(number)?.screen.freeze()
      shown.getState().changed(number, { state: { name: 'lost' } })
    }
  })

  async function make(number: number): Promise<void> {
    const { TerminalScreen } = await import('./terminal-screen.ts')
    // Closed again while its parts were loading.
    if (stateOf(number) !== 'opening') return
    const screen: TerminalScreen = new TerminalScreen({
      typed: (text) => talk.type(text),
      resized: (size) => talk.resize(size),
      selected: (hasSelection) => shown.getState().changed(number, { hasSelection }),
      left: () => focusOn(commandsId),
    })
    const talk: TerminalTalk = new TerminalTalk(client, {
      show: (text, done) => screen.show(text, done),
      ended(end) {
        screen.freeze()
        shown.getState().changed(number, { state: { name: 'ended', end } })
      },
    })
    screen.readAloud(shown.getState().readsAloud)
    open.set(number, { screen, talk, hasBegun: false })
    shown.getState().changed(number, { hasScreen: true, hasSelection: false })
  }

  async function ready(number: number): Promise<void> {
    try {
      await make(number)
    } catch (error) {
      // The host that had the files is gone, or another version's are there now.
      refused(number, problem('TERMINAL_UNAVAILABLE', { detail: String(error) }))
    }
  }

  function refused(number: number, found: Problem): void {
    open.get(number)?.screen.freeze()
    shown.getState().changed(number, { state: { name: 'refused', problem: found } })
  }

  function stateOf(number: number): string | undefined {
    return shown.getState().terminals.find((one) => one.number === number)?.state.name
  }

  function end(number: number): void {
    const known = open.get(number)
    open.delete(number)
    known?.talk.close()
    known?.screen.dispose()
  }

  return {
    async open() {
      const number = nextNumber(shown.getState().terminals)
      shown.getState().added(number)
      await ready(number)
    },
    async openAgain(number) {
      end(number)
      shown.getState().changed(number, { state: { name: 'opening' }, hasScreen: false })
      await ready(number)
    },
    close(number) {
      end(number)
      shown.getState().removed(number)
    },
    type: (number, text) => open.get(number)?.talk.type(text),
    begin(number) {
      const known = open.get(number)
      if (!known || known.hasBegun) return
      known.hasBegun = true
      void known.talk.open(known.screen.size).then((found) => {
        if (open.get(number) !== known) return
        if (found) refused(number, found)
        else if (stateOf(number) === 'opening') shown.getState().changed(number, { state: { name: 'open' } })
      })
    },
    screen: (number) => open.get(number)?.screen ?? null,
    readAloud(isOn) {
      shown.getState().readAloud(isOn)
      for (const { screen } of open.values()) screen.readAloud(isOn)
    },
    async allowInBrowser(isAllowed) {
      const view = await ask(useTerminals, 'browser', () =>
        client.call('terminal.allowInBrowser', { allowed: isAllowed }),
      )
      if (view) useTerminals.getState().changed(view)
    },
  }
}
