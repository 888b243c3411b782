import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { loopback } from '../shared/endpoints.ts'
import { exitCode } from '../shared/exit-codes.ts'
import { type Problem, problem } from '../shared/problem.ts'
import type { GatewayCommand } from './child/launch-gateway.ts'
import { systemClock } from './clock.ts'
import { writeWhatIsMissing } from './config/first-run.ts'
import { resolveStatePaths } from './config/state-paths.ts'
import { installCrashPolicy } from './crash-policy.ts'
import { openHost } from './host.ts'
import { type HostPaths, prepareHostDir, resolveHostPaths } from './host-paths.ts'
import { becomePrimary } from './lock/become-primary.ts'
import { keepMemorySmall } from './memory-policy.ts'
import { narrate } from './narrate.ts'
import { hasDisplay, openInBrowser } from './open-in-browser.ts'
import { readBootId } from './processes/boot-id.ts'
import { openProcessTable } from './processes/open-process-table.ts'
import { portInUse } from './processes/port-in-use.ts'
import { figures } from './supervisor/figures.ts'
import { sayProblem, sayReady, saySentence } from './terminal.ts'
import { openBrowserServer } from './transports/browser/browser-server.ts'
import { BrowserSessions } from './transports/browser/sessions.ts'
import { openControlSocket } from './transports/control-socket.ts'

export interface HeadlessOptions {
  /** Port of the browser interface; 0 takes a free one. */
  readonly port: number
  /** Open a browser where there is a display. */
  readonly open: boolean
  /** As given on the command line; the configuration and the environment are asked otherwise. */
  readonly gatewayPort?: string | undefined
  readonly gatewayCommand: GatewayCommand
}

/**
 * Runs the host without a desktop shell until it is asked to leave. Resolves to the exit code.
 * Says where its page is in the first line on stdout; everything else goes to stderr.
 */
export async function runHeadlessHost(options: HeadlessOptions): Promise<number> {
  keepMemorySmall()
  const hostPaths = resolveHostPaths(process.env, homedir(), process.platform)
  try {
    return await run(options, hostPaths)
  } catch (error) {
    // A full or broken disk under the host's own folder; everything else is a fault of ours.
    const { code, path, syscall } = error as NodeJS.ErrnoException
    if (!code || !syscall) throw error
    return fail(problem('HOST_DIR_UNUSABLE', { path: path ?? hostPaths.hostDir, detail: code }))
  }
}

async function run(options: HeadlessOptions, hostPaths: HostPaths): Promise<number> {
  const table = openProcessTable()
  const identity = table.identify(process.pid)
  if (!identity) throw new Error('This process is not in the process table')
  const statePaths = resolveStatePaths(process.env, homedir())
  const bootId = readBootId()

  const unusable = await prepareHostDir(hostPaths.hostDir)
  if (unusable) return fail(unusable)
  const met = await becomePrimary(
    hostPaths.lockPath,
    { ...identity, bootId, socketPath: hostPaths.socketPath },
    table,
  )
  if (met.kind === 'blocked') return fail(met.problem)
  if (met.kind === 'other') {
    sayReady(met.url)
    if (options.open && hasDisplay(process.env, process.platform))
      await openInBrowser(met.url, hostPaths.hostDir)
    return exitCode.done
  }

  let quit = () => {}
  const quitAsked = new Promise<void>((resolve) => {
    quit = resolve
  })
  // Both Ctrl-C's group signal and npm's forwarded one arrive: every further one changes nothing.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => quit())
  installCrashPolicy()

  const written = await writeWhatIsMissing(statePaths, process.env)
  if (written.ok) for (const path of written.written) saySentence(`Wrote ${path}`)
  else await sayProblem(written)

  const sessions = new BrowserSessions(() => performance.now())
  let pagePort = options.port
  const freshLink = () => `http://${loopback}:${pagePort}/#code=${sessions.issueCode()}`
  const host = await openHost({
    clock: systemClock,
    figures,
    table,
    env: process.env,
    hostPaths,
    statePaths,
    gatewayCommand: options.gatewayCommand,
    gatewayPortFlag: options.gatewayPort,
    identity,
    bootId,
    freshLink,
  })

  const page = await openBrowserServer({ ...host, port: options.port, pageRoot: pageRoot(), sessions }).catch(
    (error: NodeJS.ErrnoException) => error,
  )
  if (page instanceof Error) {
    await host.quit()
    await met.release()
    return fail(await pagePortProblem(options.port, page, table))
  }
  pagePort = page.port
  const control = await openControlSocket(hostPaths.socketPath, host.handlers, host.events)
  if (!control.ok) {
    await Promise.all([page.close(), host.quit()])
    await met.release()
    return fail(control.problem)
  }

  const url = freshLink()
  sayReady(url)
  narrate(host.events, written.ok ? null : written.code)
  host.begin()
  if (host.stoppedSince !== null) {
    const since = new Date(host.stoppedSince).toLocaleString()
    saySentence(`The gateway stays stopped, as you asked on ${since}. Start it: moltbot service start`)
  }
  if (options.open && hasDisplay(process.env, process.platform)) await openInBrowser(url, hostPaths.hostDir)

  await quitAsked
  await host.quit()
  await Promise.all([page.close(), control.socket.close()])
  await met.release()
  return exitCode.done
}

/** The built page lies beside the bundle, or in dist/ where this runs from its sources. */
function pageRoot(): string {
  const fromSources = join(import.meta.dirname, '..', 'dist', 'renderer')
  return existsSync(fromSources) ? fromSources : join(dirname(import.meta.dirname), 'renderer')
}

async function pagePortProblem(
  port: number,
  error: NodeJS.ErrnoException,
  table: ReturnType<typeof openProcessTable>,
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

async function fail(found: Problem): Promise<number> {
  await sayProblem(found)
  return exitCode.failed
}
