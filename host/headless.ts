import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { exitCode } from '../shared/exit-codes.ts'
import type { Problem } from '../shared/problem.ts'
import { claimHost } from './claim-host.ts'
import { installCrashPolicy } from './crash-policy.ts'
import { resolveHostPaths, whyHostDirFails } from './host-paths.ts'
import { hostLoginItem } from './login-item/host-login-item.ts'
import { keepMemorySmall } from './memory-policy.ts'
import { hasDisplay, openInBrowser } from './open-in-browser.ts'
import { openPrimaryHost, type PrimaryOptions } from './primary-host.ts'
import { sayProblem, sayReady } from './terminal.ts'

export interface HeadlessOptions extends Omit<PrimaryOptions, 'shell' | 'gatewayPort'> {
  /** Open a browser where there is a display. */
  readonly open: boolean
  readonly gatewayPort?: string | undefined
}

/**
 * Runs the host without a desktop shell until it is asked to leave. Resolves to the exit code.
 * Says where its page is in the first line on stdout; everything else goes to stderr.
 */
export async function runHeadlessHost(options: HeadlessOptions): Promise<number> {
  keepMemorySmall()
  try {
    return await run(options)
  } catch (error) {
    const { hostDir } = resolveHostPaths(process.env, homedir(), process.platform)
    const found = whyHostDirFails(error, hostDir)
    if (!found) throw error
    return fail(found)
  }
}

async function run({ port, open, gatewayPort, gatewayCommand }: HeadlessOptions): Promise<number> {
  const canShow = open && hasDisplay(process.env, process.platform)
  const claim = await claimHost(process.env)
  if (claim.kind === 'blocked') return fail(claim.problem)
  if (claim.kind === 'other') {
    sayReady(claim.url)
    if (canShow) await openInBrowser(claim.url, claim.hostDir)
    return exitCode.done
  }

  let quit = () => {}
  const quitAsked = new Promise<void>((resolve) => {
    quit = resolve
  })
  // Both Ctrl-C's group signal and npm's forwarded one arrive: every further one changes nothing.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => quit())
  installCrashPolicy()

  const loginItem = hostLoginItem({
    env: process.env,
    home: homedir(),
    platform: process.platform,
    nodePath: process.execPath,
    entry: realpathSync(process.argv[1] ?? ''),
  })
  const opened = await openPrimaryHost(claim.ground, {
    shell: 'headless',
    port,
    gatewayPort,
    gatewayCommand,
    loginItem,
  })
  if (!opened.ok) {
    await claim.release()
    return fail(opened.problem)
  }
  const { host } = opened
  const url = await host.freshLink()
  sayReady(url)
  host.begin()
  const { settings } = await host.handlers['host.snapshot']()
  if (canShow && settings.settings.openAtStart) await openInBrowser(url, claim.ground.hostPaths.hostDir)

  await quitAsked
  await host.quit()
  await claim.release()
  return exitCode.done
}

async function fail(found: Problem): Promise<number> {
  await sayProblem(found)
  return exitCode.failed
}
