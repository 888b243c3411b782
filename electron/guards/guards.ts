import { app, type Session, shell, type WebContents } from 'electron'
import { saySentence } from '../../host/terminal.ts'
import { externalLink, mayNavigate, mayRequest, mayUse } from './guard-rules.ts'

/** A script that opens links without end gets one a second. */
const openEveryMs = 1_000

/** Puts the guards on every web contents there will be, and on the session they all share. */
export function guard(session: Session): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  const hasDevTools = !app.isPackaged
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(details.isMainFrame && mayUse(permission, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (request, answer) => {
    answer({ cancel: !mayRequest(request.url, hasDevTools) })
  })
  session.on('will-download', (event) => event.preventDefault())
}

function guardContents(contents: WebContents): void {
  let mayOpenFrom = 0
  // The window's own `loadURL` passes by these two; whatever the page starts does not.
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event)) event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    const link = externalLink(url)
    const now = performance.now()
    if (link !== null && now >= mayOpenFrom) {
      mayOpenFrom = now + openEveryMs
      shell
        .openExternal(link)
        .catch((error: Error) => saySentence(`The link was not opened: ${error.message}`))
    }
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  // A page has no say in whether its window closes: prevented, this event means "close all the same".
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}
