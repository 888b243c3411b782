import type { IpcMain, WebContents } from 'electron'
import { type OpenCaller, openCaller } from '../../host/transports/caller.ts'
import { answer, type Outcome } from '../../host/transports/contract-server.ts'
import { problem } from '../../shared/problem.ts'
import { windowChannels } from '../../shared/window-bridge.ts'
import { isPageAddress } from '../page-address.ts'
import type { DesktopHost } from '../start/desktop-host.ts'
import { isFromPage, readCall } from './judge-call.ts'

/** The page has a handful under way at once; a script that floods does not fill the memory. */
const maxCalls = 64

export interface WindowContract {
  /** Serves the page in these contents from now on, and no other. */
  admit(contents: WebContents): void
}

/** The contract over Electron's IPC: the window's transport. */
export function serveWindow(
  ipc: Pick<IpcMain, 'handle' | 'on'>,
  { handlers, events }: Pick<DesktopHost, 'handlers' | 'events'>,
): WindowContract {
  let served: WebContents | null = null
  let unsubscribe = () => {}
  /** The page that is loaded just now. */
  let page: OpenCaller | null = null
  let callsUnderWay = 0

  const leave = () => {
    unsubscribe()
    page?.leave()
    page = null
  }

  ipc.handle(windowChannels.call, async (event, ...given: unknown[]): Promise<Outcome> => {
    if (!isFromPage(event, served?.id ?? null)) return refuse(problem('CALL_NOT_HERE', { call: '' }))
    const read = readCall(given)
    if (!read.ok) return read
    if (callsUnderWay >= maxCalls) return refuse(problem('CALLS_TOO_MANY', { limit: maxCalls }))
    callsUnderWay++
    try {
      page ??= openCaller('window')
      return await answer(handlers, page, read.call, read.args)
    } finally {
      callsUnderWay--
    }
  })

  ipc.on(windowChannels.subscribe, (event, ...given: unknown[]) => {
    if (!isFromPage(event, served?.id ?? null) || given.length > 0) return
    const contents = event.sender
    // Asked for ahead of everything else: it is another page, or the same one loaded again.
    leave()
    page = openCaller('window')
    unsubscribe = events.onAny((name, payload) => {
      // Looked at each time, not once a navigation begins: most of those are prevented, and the page stays.
      if (contents.isDestroyed() || !isPageAddress(contents.getURL())) return
      contents.send(windowChannels.event, name, payload)
    }, page.client)
  })

  return {
    admit(contents) {
      leave()
      served = contents
      // A page that is loaded again asks again, which takes the place of what it asked for before.
      contents.on('render-process-gone', () => {
        if (served === contents) leave()
      })
      contents.on('destroyed', () => {
        if (served !== contents) return
        leave()
        served = null // even its id can no longer be asked for
      })
    },
  }
}

function refuse(found: ReturnType<typeof problem>): Outcome {
  return { ok: false, ...found }
}
