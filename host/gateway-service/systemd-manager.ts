import type { ServiceView } from '../../shared/gateway-service.ts'
import { serviceNames } from '../../shared/gateway-service.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { runTool, type ToolOutcome } from './run-tool.ts'
import type { ServiceManager } from './service-manager.ts'

interface SystemdParts {
  /** With `XDG_RUNTIME_DIR`, by which systemctl finds the user's manager. */
  readonly env: NodeJS.ProcessEnv
  readonly path: string
  /** Whether the unit of that file runs a gateway on our state. */
  isForOurState(fragment: string): Promise<boolean>
}

const askLimitMs = 5_000
/** A stop lasts as long as the unit's own `TimeoutStopSec` lets it. */
const actLimitMs = 15_000
const unit = serviceNames.systemd
const asked = ['LoadState', 'UnitFileState', 'ActiveState', 'SubState', 'MainPID', 'FragmentPath']
const askedEnd = ['ExecMainCode', 'ExecMainStatus']

type Look =
  | { readonly ok: true; readonly found: Record<string, string> }
  | { readonly ok: false; readonly problem: Problem }

export function systemdManager({ env, path, isForOurState }: SystemdParts): ServiceManager {
  const systemctl = (args: readonly string[], limitMs = actLimitMs) =>
    runTool('systemctl', ['--user', ...args], { env, limitMs })
  const act = async (...args: string[]) => failed(args, await systemctl(args))
  async function look(): Promise<Look> {
    const args = ['show', unit, ...[...asked, ...askedEnd].flatMap((name) => ['-p', name])]
    const shown = await systemctl(args, askLimitMs)
    return shown.ok
      ? { ok: true, found: properties(shown.stdout) }
      : { ok: false, problem: managerFailed(['show', unit], shown.detail) }
  }
  /** A manager takes a unit by its name alone: also one of another home, or for another state. */
  async function isOurs({ FragmentPath = '' }: Record<string, string>): Promise<boolean> {
    return FragmentPath !== '' && isPlaceOf(FragmentPath, path) && (await isForOurState(FragmentPath))
  }
  async function actOnOurs(action: 'start' | 'stop' | 'restart'): Promise<Problem | null> {
    const seen = await look()
    if (!seen.ok) return seen.problem
    const { FragmentPath } = seen.found
    if (FragmentPath && !(await isOurs(seen.found))) return notOurs(FragmentPath)
    // Whoever asks by hand is not held back by earlier failures.
    if (action !== 'stop') await systemctl(['reset-failed', unit])
    return act(action, unit)
  }
  return {
    kind: 'systemd',
    unit,
    path,
    async status() {
      const seen = await look()
      if (!seen.ok) return { ok: false, ...seen.problem }
      const { found } = seen
      if (!(await isOurs(found))) {
        return { ok: true, enabled: false, active: 'unloaded', pid: null, ended: null }
      }
      return {
        ok: true,
        enabled: isEnabled(found),
        active: activityOf(found),
        pid: Number(found.MainPID) || null,
        ended: endOf(found),
      }
    },
    start: () => actOnOurs('start'),
    stop: () => actOnOurs('stop'),
    restart: () => actOnOurs('restart'),
    async running() {
      const seen = await look()
      const found = seen.ok ? seen.found : {}
      const now = ['active', 'activating'].includes(activityOf(found))
      return { now, withEachSession: isEnabled(found) }
    },
    async load({ now, withEachSession }) {
      const unread = await act('daemon-reload')
      if (unread) return unread
      const seen = await look()
      if (!seen.ok) return seen.problem
      const { FragmentPath } = seen.found
      if (FragmentPath && FragmentPath !== path) return notOurs(FragmentPath)
      const left = withEachSession ? await act('enable', unit) : null
      if (left) return left
      await systemctl(['reset-failed', unit])
      return now ? act('restart', unit) : null
    },
    async unload() {
      const seen = await look()
      if (!seen.ok) return seen.problem
      const { FragmentPath } = seen.found
      const isElsewhere = FragmentPath && FragmentPath !== path
      return isElsewhere ? null : act('disable', '--now', unit)
    },
    async forget() {
      const left = await act('daemon-reload')
      await systemctl(['reset-failed', unit]) // one that had failed is listed until then
      return left
    },
  }
}

/** Ours, or one that the machine's administrator gave to all. A manager of another home has other files. */
function isPlaceOf(fragment: string, path: string): boolean {
  return fragment === path || /^\/(?:etc|usr|run)\//.test(fragment)
}

function properties(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : []
    }),
  )
}

function isEnabled({ UnitFileState = '' }: Record<string, string>): boolean {
  return /^enabled/.test(UnitFileState)
}

function activityOf({
  LoadState,
  ActiveState,
  SubState,
  MainPID,
}: Record<string, string>): ServiceView['active'] {
  if (LoadState === 'not-found') return 'unloaded'
  switch (ActiveState) {
    case 'active':
    case 'reloading':
      return 'active'
    case 'activating':
      return 'activating'
    case 'deactivating':
      // Until its process has ended; what that leaves behind may take longer.
      return SubState === 'stop-sigterm' && Number(MainPID) > 0 ? 'active' : 'inactive'
    case 'inactive':
      return 'inactive'
    case 'failed':
      return 'failed'
    default:
      return 'unknown'
  }
}

/** `ExecMainCode` is 1 for an exit and 2 or 3 for a signal; 0 while nothing has ended. */
function endOf({ ExecMainCode, ExecMainStatus }: Record<string, string>): string | null {
  if (ExecMainCode === '1') return `exit code ${ExecMainStatus}`
  return ExecMainCode === '2' || ExecMainCode === '3' ? `signal ${ExecMainStatus}` : null
}

function failed(args: readonly string[], outcome: ToolOutcome): Problem | null {
  return outcome.ok ? null : managerFailed(args, outcome.detail)
}

/** With the command that shows it: what is not done from here is not to be done by hand either. */
function notOurs(fragment: string): Problem {
  const detail = `${fragment} is of another home or for another state folder, and was left alone`
  return managerFailed(['cat', unit], detail)
}

function managerFailed(args: readonly string[], detail: string): Problem<'SERVICE_MANAGER_FAILED'> {
  const command = ['systemctl', '--user', ...args].join(' ')
  return problem('SERVICE_MANAGER_FAILED', { manager: 'systemd', command, detail })
}
