import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import { outsideArchive } from '../outside-archive.ts'
import { type HelperAnswer, KeychainHelper } from './keychain-helper.ts'
import type { ProbedState } from './keychain-message.ts'

export type KeychainProblem = Problem<
  'KEYCHAIN_ABSENT' | 'KEYCHAIN_LOCKED' | 'KEYCHAIN_DENIED' | 'KEYCHAIN_FAILED'
>
export type KeychainOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | ({ readonly ok: false } & KeychainProblem)

export interface KeychainLook {
  readonly state: ProbedState | 'denied'
  /** Null where it is ready. */
  readonly problem: KeychainProblem | null
}

/** The system's store of secrets. Each call takes as long as it takes, up to two minutes. */
export interface Keychain {
  /** `Secret Service` or `macOS Keychain`. */
  readonly title: string
  /** How it is, without prompting anybody. */
  probe(): Promise<KeychainLook>
  /** Null: it is ready, and has none of that name. */
  get(account: string): Promise<KeychainOutcome<string | null>>
  set(account: string, value: string): Promise<KeychainOutcome<null>>
  /** Whether there was one. */
  delete(account: string): Promise<KeychainOutcome<boolean>>
  /** Ends the process that speaks to it, if one runs; calls under way fail. */
  close(): Promise<void>
}

export interface KeychainParts {
  /** A plain Node, never Electron's. */
  readonly nodePath: string
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** What accounts of this state folder are filed under. */
  readonly service: string
  /** A call has had no answer for two seconds; later, that none is in that state any more. */
  waiting(isWaiting: boolean): void
}

/** Nobody types meanwhile: it asks without a prompt. */
const probeLimitMs = 30_000

/**
 * The keychain of this session, or null where it can have none: on Linux without a session bus, and where
 * `MOLTBOT_KEYCHAIN=none` says not to ask any. Nothing is asked before the first call.
 */
export function openKeychain({ nodePath, env, clock, service, waiting }: KeychainParts): Keychain | null {
  if (env.MOLTBOT_KEYCHAIN === 'none') return null
  const isDarwin = process.platform === 'darwin'
  const bus = isDarwin ? null : sessionBusOf(env)
  if (!isDarwin && bus === null) return null
  const helper = new KeychainHelper({
    nodePath,
    scriptPath: scriptPath(outsideArchive(import.meta.dirname)),
    env: helperEnvironment(env, bus),
    clock,
    waiting,
  })
  return {
    title: isDarwin ? 'macOS Keychain' : 'Secret Service',
    async probe() {
      const answer = await helper.call({ act: 'probe' }, probeLimitMs)
      return answer.ok
        ? { state: 'ready', problem: null }
        : { state: answer.state, problem: problemOf(answer) }
    },
    async get(account) {
      const answer = await helper.call({ act: 'get', service, account })
      if (!answer.ok) return { ok: false, ...problemOf(answer) }
      return { ok: true, value: typeof answer.value === 'string' ? answer.value : null }
    },
    async set(account, value) {
      const answer = await helper.call({ act: 'set', service, account, value })
      return answer.ok ? { ok: true, value: null } : { ok: false, ...problemOf(answer) }
    },
    async delete(account) {
      const answer = await helper.call({ act: 'delete', service, account })
      return answer.ok ? { ok: true, value: answer.value === true } : { ok: false, ...problemOf(answer) }
    },
    close: () => helper.close(),
  }
}

function problemOf({ state, detail }: Extract<HelperAnswer, { ok: false }>): KeychainProblem {
  switch (state) {
    case 'absent':
      return problem('KEYCHAIN_ABSENT', { detail })
    case 'locked':
      return problem('KEYCHAIN_LOCKED', {})
    case 'denied':
      return problem('KEYCHAIN_DENIED', { detail })
    case 'failed':
      return problem('KEYCHAIN_FAILED', { detail })
  }
}

/** Where the environment says, else where systemd puts it for a session that does not: ssh, a service. */
function sessionBusOf(env: NodeJS.ProcessEnv): string | null {
  if (env.DBUS_SESSION_BUS_ADDRESS) return env.DBUS_SESSION_BUS_ADDRESS
  const folders = [env.XDG_RUNTIME_DIR, `/run/user/${process.getuid?.()}`]
  const path = folders.map((folder) => folder && join(folder, 'bus')).find((at) => at && existsSync(at))
  return path ? `unix:path=${path}` : null
}

/** Nothing but what finds the keychain: the host's own environment may have secrets in it. */
function helperEnvironment(env: NodeJS.ProcessEnv, bus: string | null): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'XDG_RUNTIME_DIR', 'TMPDIR', 'MOLTBOT_TEST_RUN']
  const clean: NodeJS.ProcessEnv = {}
  for (const name of names) if (env[name] !== undefined) clean[name] = env[name]
  if (bus !== null) clean.DBUS_SESSION_BUS_ADDRESS = bus
  return clean
}

/** Beside this file in the sources; beside the bundle in a build. */
function scriptPath(folder: string): string {
  const built = join(folder, 'keychain-process.mjs')
  return existsSync(built) ? built : join(folder, 'keychain-process.ts')
}
