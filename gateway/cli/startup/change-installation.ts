import { exitCode } from '../../../shared/exit-codes.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { createProgress } from '../progress.ts'
import { failWith, sayJson, sayLine, tellProblem } from '../tell.ts'

interface InstallOptions {
  readonly replace?: true
  readonly json?: true
}

/**
 * Sets the gateway up as a service, or takes that back, on the running host or on one of our own; resolves
 * to the exit code.
 */
export async function changeInstallation(
  action: 'install' | 'uninstall',
  { replace, json }: InstallOptions,
): Promise<number> {
  const isJson = json === true
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  const progress = createProgress(process.stderr, !isJson)
  progress.show(action === 'install' ? 'Setting up the service' : 'Removing the service')
  try {
    const changed = await reached.host.call(`service.${action}`, { replace: replace === true })
    progress.clear()
    if (!changed.ok) return failWith(changed, isJson)
    const view = changed.value
    if (isJson) {
      const { revision: _own, ...service } = view
      sayJson({ ok: true, action, result: action === 'install' ? 'installed' : 'uninstalled', service })
    } else if (action === 'install') {
      sayLine(`The gateway runs as a service of ${view.manager} (${view.unit}, pid ${view.pid}).`)
      sayLine(`Its file is ${view.path}.`)
      if (view.linger === false) {
        sayLine('It runs while you are signed in. To have it run from boot on: loginctl enable-linger')
      }
      if (view.problem) tellProblem(view.problem)
    } else {
      sayLine(`The service is stopped and ${view.path} is gone.`)
      if (reached.isOwn) sayLine('No gateway runs now. Start one: moltbot host')
    }
    return exitCode.done
  } finally {
    progress.clear()
    await reached.close()
  }
}
