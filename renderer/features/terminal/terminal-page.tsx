import { useEffect } from 'react'
import { useCommands } from '../../commands.ts'
import { CodedText } from '../../parts/coded-text.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWording } from '../../wording.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { useSession } from '../session/session-store.ts'
import { AllowInBrowser } from './allow-in-browser.tsx'
import { isInBrowser } from './in-browser.ts'
import { NoTerminal } from './no-terminal.tsx'
import { OffInBrowser } from './off-in-browser.tsx'
import { useShownTerminals } from './shown-terminals.ts'
import { TerminalActs } from './terminal-acts.tsx'
import { TerminalBar } from './terminal-bar.tsx'
import { TerminalTabs } from './terminal-tabs.tsx'
import { TerminalView } from './terminal-view.tsx'
import { useTerminals } from './terminals-store.ts'
import './terminal.css'

/** A shell of this computer. */
export function TerminalPage() {
  const { t } = useWording()
  const { terminal } = useCommands()
  const connection = useSession((store) => store.connection)
  const view = useTerminals((store) => store.view)
  const { terminals, selected } = useShownTerminals()
  const isConnected = connection.name === 'connected'
  const isOff = isInBrowser() && view?.inBrowser === false
  const mayOpen = isConnected && view !== null && !isOff
  useEffect(() => {
    // Whoever comes here for the first time wants one.
    if (mayOpen && !useShownTerminals.getState().hasBegun) void terminal.open()
  }, [mayOpen, terminal])
  const shown = terminals.find(({ number }) => number === selected)
  return (
    <div className="terminal-page">
      <header className="terminal-head">
        <h1>{t('page.terminal')}</h1>
        <p className="terminal-intro">
          <CodedText>{t('terminal.intro')}</CodedText>
        </p>
        {(!isOff || terminals.length > 0) && <TerminalActs shown={shown} mayOpen={mayOpen} />}
      </header>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      {view?.problem && terminals.length === 0 && <Notice problem={view.problem} />}
      {isOff && terminals.length === 0 ? (
        <OffInBrowser />
      ) : (
        <>
          <TerminalBar shown={shown} />
          {terminals.length > 1 && <TerminalTabs terminals={terminals} selected={selected} />}
          {shown ? <TerminalView key={shown.number} shown={shown} /> : <NoTerminal mayOpen={mayOpen} />}
          <AllowInBrowser />
        </>
      )}
    </div>
  )
}
