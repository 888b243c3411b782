import './zod-without-eval.ts'
import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { languageFor } from '../shared/wording/texts.ts'
import { App } from './app/app.tsx'
import { bridge } from './bridge.ts'
import { CommandsContext } from './commands.ts'
import { BrowserClient } from './transport/browser-client.ts'
import { BrowserSession } from './transport/browser-session.ts'
import { LanguageContext } from './wording.ts'

const language = languageFor(navigator.language)
document.documentElement.lang = language

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
const commands = bridge(client)
// Before anything is drawn: the answer travels meanwhile.
session.takeCode()
client.open()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <LanguageContext value={language}>
    <CommandsContext value={commands}>
      <App />
    </CommandsContext>
  </LanguageContext>,
)

// A fresh address pasted into this tab changes the hash only; the page is not loaded again.
addEventListener('hashchange', () => {
  if (session.takeCode()) client.open()
})
