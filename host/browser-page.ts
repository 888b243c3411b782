import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { loopback } from '../shared/endpoints.ts'
import { type Problem, ProblemError, problem } from '../shared/problem.ts'
import type { Host } from './host.ts'
import { portInUse } from './processes/port-in-use.ts'
import type { ProcessTable } from './processes/process-table.ts'
import type { BrowserServer } from './transports/browser/browser-server.ts'
import { BrowserSessions } from './transports/browser/sessions.ts'

interface BrowserPageParts extends Pick<Host, 'handlers' | 'events'> {
  /** 0 takes a free one. */
  readonly port: number
  /** Takes a free port where that one is taken. */
  readonly orFreePort: boolean
  readonly table: ProcessTable
}

/** The page that a host offers to browsers. */
export interface BrowserPage {
  /** Listens, unless it does already. Returns what is in the way, or null. */
  open(): Promise<Problem | null>
  /** An address with a fresh one-time code; listens from the first one on. */
  freshLink(): Promise<string>
  close(): Promise<void>
}

export function offerBrowserPage(parts: BrowserPageParts): BrowserPage {
  const sessions = new BrowserSessions(() => performance.now())
  let opening: Promise<BrowserServer | Problem> | null = null

  async function listen(): Promise<BrowserServer | Problem> {
    // Loaded with the first address: in a desktop most people never ask for one.
    const { openBrowserServer } = await import('./transports/browser/browser-server.ts')
    const on = (port: number) => openBrowserServer({ ...parts, port, pageRoot: pageRoot(), sessions })
    try {
      return await on(parts.port).catch((error) => {
        if (parts.orFreePort && parts.port !== 0) return on(0)
        throw error
      })
    } catch (error) {
      opening = null // the next one who asks may find it free
      return pagePortProblem(parts.port, error as NodeJS.ErrnoException, parts.table)
    }
  }

  const server = () => {
    opening ??= listen()
    return opening
  }
  return {
    async open() {
      const opened = await server()
      return 'code' in opened ? opened : null
    },
    async freshLink() {
      const opened = await server()
      if ('code' in opened) throw new ProblemError(opened)
      return `http://${loopback}:${opened.port}/#code=${sessions.issueCode()}`
    },
    async close() {
      const opened = await opening
      if (opened && !('code' in opened)) await opened.close()
    },
  }
}

/** The built page lies beside the bundle, or in dist/ where this runs from its sources. */
export function pageRoot(): string {
  const fromSources = join(import.meta.dirname, '..', 'dist', 'renderer')
  return existsSync(fromSources) ? fromSources : join(dirname(import.meta.dirname), 'renderer')
}

async function pagePortProblem(
  port: number,
  error: NodeJS.ErrnoException,
  table: ProcessTable,
): Promise<Problem> {
  if (error.code !== 'EADDRINUSE') {
    return problem('HOST_PORT_UNUSABLE', { port, detail: error.code ?? error.message })
  }
  const taken = await portInUse(port, table)
  if (taken.code === 'PORT_IN_USE') {
    return problem('HOST_PORT_IN_USE', { port, pid: taken.params.pid, program: taken.params.program })
  }
  return problem('HOST_PORT_UNUSABLE', {
    port,
    detail: `a program of ${taken.params.user || 'another user'} uses it`,
  })
}
