import './zod-without-eval.ts'
import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { windowBridgeName } from '../shared/window-bridge.ts'
import { App } from './app/app.tsx'
import { loadLaterPages } from './app/later-pages.ts'
import { bridge } from './bridge.ts'
import { CommandsContext } from './commands.ts'
import { applyLook, rememberedLook } from './features/settings/look.ts'
import { LookProvider } from './features/settings/look-provider.tsx'
import { BrowserClient } from './transport/browser-client.ts'
import { BrowserSession } from './transport/browser-session.ts'
import type { HostLink } from './transport/connection.ts'
import { WindowClient } from './transport/window-client.ts'

// Before anything is drawn, so that nothing changes its colour or language under the eye.
const remembered = rememberedLook(() => localStorage)
applyLook(document.documentElement, remembered, navigator.language)

const windowBridge = window[windowBridgeName]
const link = windowBridge ? new WindowClient(windowBridge, Date.now) : browserLink()
const commands = bridge(link)
// Before anything is drawn: the answer travels meanwhile.
link.open()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <LookProvider remembered={remembered}>
    <CommandsContext value={commands}>
      <App />
    </CommandsContext>
  </LookProvider>,
)
loadLaterPages()

function browserLink(): HostLink {
  const session = new BrowserSession({
    location,
    history,
    storage: sessionStorage,
    fetch: (...request) => fetch(...request),
  })
  const client = new BrowserClient({
    session,
    openSocket: () => new WebSocket(new URL('/contract', location.href.replace(/^http/, 'ws'))),
    now: Date.now,
    random: Math.random,
  })
  session.takeCode()
  // A fresh address pasted into this tab changes the hash only; the page is not loaded again.
  addEventListener('hashchange', () => {
    if (session.takeCode()) client.open()
  })
  return client
}
