import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { hostLoginItem } from '../../../host/login-item/host-login-item.ts'
import { LoginItemOwner } from '../../../host/login-item/login-item-owner.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { CallOutcome } from '../../../shared/host-client.ts'
import type { LoginItemView } from '../../../shared/login-item.ts'
import { ProblemError } from '../../../shared/problem.ts'
import { reachHost } from '../reach-host.ts'
import { failWith, sayJson, sayLine, tellProblem } from '../tell.ts'

interface LoginItemOptions {
  readonly replace?: true
  readonly json?: true
}

/** Shows or changes launch at login; resolves to the exit code. */
export async function changeLoginItem(
  action: 'status' | 'enable' | 'disable',
  { replace, json }: LoginItemOptions,
): Promise<number> {
  const isJson = json === true
  const outcome = await ask(action, replace === true)
  if (!outcome.ok) return failWith(outcome, isJson)
  const { revision: _own, ...loginItem } = outcome.value
  if (isJson) sayJson({ ok: true, ...loginItem })
  else {
    sayLine(stateLine(outcome.value))
    if (loginItem.path !== null && loginItem.state !== 'off') sayLine(`The entry is ${loginItem.path}.`)
    if (loginItem.problem) tellProblem(loginItem.problem)
  }
  return exitCode.done
}

/** The running host knows its shell. Where none runs, it is a host without a window that a login would start. */
async function ask(
  action: 'status' | 'enable' | 'disable',
  replace: boolean,
): Promise<CallOutcome<'loginItem.change'>> {
  const change = { on: action === 'enable', replace }
  const reached = await reachHost()
  if (reached.ok) {
    const { host } = reached
    try {
      return action === 'status'
        ? await host.call('loginItem.look')
        : await host.call('loginItem.change', change)
    } finally {
      host.close()
    }
  }
  if (reached.code !== 'HOST_NOT_RUNNING') return reached
  const { env, platform, execPath, argv } = process
  const entry = realpathSync(argv[1] ?? '')
  const item = hostLoginItem({ env, home: homedir(), platform, nodePath: execPath, entry })
  const owner = await LoginItemOwner.open({ item, changed() {}, note() {} })
  try {
    return { ok: true, value: action === 'status' ? owner.view : await owner.change(change) }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { ok: false, ...error.problem }
  }
}

function stateLine({ state, opens }: LoginItemView): string {
  const what = opens === 'app' ? 'Moltbot in the tray' : 'Moltbot in the background, without a window'
  switch (state) {
    case 'on':
      return `Launch at login is on: it opens ${what}.`
    case 'off':
      return 'Launch at login is off. Turn it on: moltbot login-item enable'
    case 'foreign':
      return 'Another entry stands in the place of launch at login. To replace or remove it: enable or disable with --replace.'
    case 'needsApproval':
      return 'Launch at login waits for your consent.'
    case 'unsupported':
      return 'Launch at login is not possible here.'
  }
}
