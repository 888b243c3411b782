import { serviceNames } from '../../shared/gateway-service.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { runTool } from './run-tool.ts'
import type { ServiceManager, ServiceStatus } from './service-manager.ts'

interface LaunchdParts {
  readonly env: NodeJS.ProcessEnv
  readonly uid: number
  readonly path: string
  /** Whether the job of that file runs a gateway on our state. */
  isForOurState(path: string): Promise<boolean>
}

const label = serviceNames.launchd
const askLimitMs = 5_000
const actLimitMs = 15_000
/** "Could not find service", and "No process to signal". */
const notThere = new Set([113, 3])
const goneEveryMs = 100
const goneTries = 100

export function launchdManager({ env, uid, path, isForOurState }: LaunchdParts): ServiceManager {
  const domain = `gui/${uid}`
  const target = `${domain}/${label}`
  const launchctl = (args: readonly string[], limitMs = actLimitMs) =>
    runTool('/bin/launchctl', args, { env, limitMs })
  async function act(...args: string[]): Promise<Problem | null> {
    const done = await launchctl(args)
    return done.ok ? null : managerFailed(args, done.detail)
  }
  async function isLoaded(): Promise<boolean> {
    return (await launchctl(['print', target], askLimitMs)).ok
  }
  /** launchd takes a job by its label alone: also that of another home. */
  async function elsewhere(): Promise<string | null> {
    const shown = await launchctl(['print', target], askLimitMs)
    const from = shown.ok ? readJob(shown.stdout).path : path
    return from === path ? null : (from ?? 'the job')
  }
  async function whyNotOurs(): Promise<Problem | null> {
    const other = (await elsewhere()) ?? ((await isForOurState(path)) ? null : path)
    return other === null ? null : notOurs(target, other)
  }
  async function actOnOurs(loaded: readonly string[]): Promise<Problem | null> {
    const refused = await whyNotOurs()
    if (refused) return refused
    return (await isLoaded()) ? act(...loaded) : act('bootstrap', domain, path)
  }
  /** `bootout` returns before the job is gone, and a `bootstrap` meanwhile is refused. */
  async function bootout(): Promise<Problem | null> {
    const done = await launchctl(['bootout', target])
    if (!done.ok && done.code !== null && notThere.has(done.code)) return null
    for (let tries = 0; tries < goneTries && (await isLoaded()); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, goneEveryMs))
    }
    return done.ok || !(await isLoaded()) ? null : managerFailed(['bootout', target], done.detail)
  }
  return {
    kind: 'launchd',
    unit: label,
    path,
    async status() {
      const shown = await launchctl(['print', target], askLimitMs)
      if (!shown.ok) {
        if (shown.code === null) return { ok: false, ...managerFailed(['print', target], shown.detail) }
        return { ok: true, enabled: await isEnabled(), active: 'unloaded', pid: null, ended: null }
      }
      const job = readJob(shown.stdout)
      if (job.path !== path || !(await isForOurState(path))) {
        return { ok: true, enabled: false, active: 'unloaded', pid: null, ended: null }
      }
      return { ok: true, enabled: await isEnabled(), ...job.status }
    },
    start: () => actOnOurs(['kickstart', target]),
    // A clean exit is not restarted, so the job stays known and `start` finds it.
    async stop() {
      const args = ['kill', 'SIGTERM', target]
      const refused = await whyNotOurs()
      if (refused) return refused
      const done = await launchctl(args)
      const isStopped = !done.ok && done.code !== null && notThere.has(done.code)
      return done.ok || isStopped ? null : managerFailed(args, done.detail)
    },
    restart: () => actOnOurs(['kickstart', '-k', target]),
    async running() {
      const shown = await launchctl(['print', target], askLimitMs)
      const now = shown.ok && ['active', 'activating'].includes(readJob(shown.stdout).status.active)
      return { now, withEachSession: shown.ok }
    },
    async load({ now, withEachSession }) {
      const other = await elsewhere()
      if (other !== null) return notOurs(target, other)
      const left = await bootout()
      if (left || !(now || withEachSession)) return left
      const failed = (await act('enable', target)) ?? (await act('bootstrap', domain, path))
      // To load it starts it.
      if (!now && !failed) await launchctl(['kill', 'SIGTERM', target])
      return failed
    },
    unload: async () => ((await elsewhere()) === null ? bootout() : null),
    forget: async () => null,
  }

  /** Jobs are enabled unless somebody said otherwise. */
  async function isEnabled(): Promise<boolean | null> {
    const shown = await launchctl(['print-disabled', domain], askLimitMs)
    return shown.ok ? !isDisabled(shown.stdout) : null
  }
}

/** Older systems write `true` for a disabled one. */
export function isDisabled(text: string): boolean {
  return new RegExp(`"${label.replaceAll('.', '\\.')}" => (?:disabled|true)`).test(text)
}

/** Of the text of `launchctl print`, whose first level alone is the job's own. */
export function readJob(text: string): {
  path: string | null
  status: Pick<ServiceStatus, 'active' | 'pid' | 'ended'>
} {
  const value = (key: string) => new RegExp(`^\\t${key} = (.*)$`, 'm').exec(text)?.[1] ?? null
  const pid = Number(value('pid')) || null
  const state = value('state')
  const code = /^(\d+)/.exec(value('last exit code') ?? '')?.[1] ?? null
  const hasFailed = code !== null && code !== '0'
  return {
    path: value('path'),
    status: {
      active:
        pid !== null
          ? 'active'
          : state === 'spawn scheduled'
            ? 'activating'
            : hasFailed
              ? 'failed'
              : 'inactive',
      pid,
      ended: code === null ? null : `exit code ${code}`,
    },
  }
}

/** With the command that shows it: what is not done from here is not to be done by hand either. */
function notOurs(target: string, other: string): Problem {
  const detail = `${other} is of another home or for another state folder, and was left alone`
  return managerFailed(['print', target], detail)
}

function managerFailed(args: readonly string[], detail: string): Problem<'SERVICE_MANAGER_FAILED'> {
  return problem('SERVICE_MANAGER_FAILED', {
    manager: 'launchd',
    command: ['launchctl', ...args].join(' '),
    detail,
  })
}
