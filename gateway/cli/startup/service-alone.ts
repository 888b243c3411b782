import { homedir } from 'node:os'
import { systemClock } from '../../../host/clock.ts'
import { lookAtService } from '../../../host/gateway-service/look-at-service.ts'
import { findServiceManager } from '../../../host/gateway-service/open-service-manager.ts'
import { proveService } from '../../../host/gateway-service/prove-service.ts'
import type { ServiceManager } from '../../../host/gateway-service/service-manager.ts'
import { servicePort } from '../../../host/gateway-service/service-port.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { loopback } from '../../../shared/endpoints.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { failWith, sayJson, sayLine, tellProblem } from '../tell.ts'
import type { ServiceAction } from '../wait-for-state.ts'
import { type StatusService, serviceLines } from './service-lines.ts'

const results = { start: 'started', stop: 'stopped', restart: 'restarted' } as const

/** Shows the service where no host runs; null where there is none to show, else the exit code. */
export async function showServiceAlone(isJson: boolean): Promise<number | null> {
  const service = await installed()
  if (!service) return null
  if (isJson) sayJson({ ok: true, state: null, pid: service.pid, service, host: null })
  else {
    for (const [name, value] of serviceLines(service)) {
      if (value !== null) sayLine(`${name.padEnd(8)} ${value}`)
    }
    sayLine('Host     none runs; "moltbot host" starts one, which watches this service')
    if (service.problem) tellProblem(service.problem)
  }
  return exitCode.done
}

/**
 * Asks the manager itself where no host runs, and waits for what comes of it; null where there is no service
 * to ask it about.
 */
export async function changeServiceAlone(
  action: ServiceAction,
  isJson: boolean,
  timeoutMs: number,
): Promise<number | null> {
  const before = await installed()
  const found = findServiceManager(process.env, process.platform)
  if (!before || !found.ok) return null
  const failed = await found.manager[action]()
  if (failed) return failWith(failed, isJson)
  const unwell = action === 'stop' ? null : await whyUnwell(found.manager, timeoutMs)
  if (unwell) {
    failWith(unwell, isJson)
    return exitCode.failed
  }
  const service = await lookAtService(process.env)
  if (isJson) sayJson({ ok: true, action, result: results[action], pid: service.pid, service })
  else if (action === 'stop') {
    sayLine(
      `The service ${service.unit} is stopped. Your next session starts it again; so does: moltbot service start`,
    )
  } else sayLine(`The service ${service.unit} runs (pid ${service.pid}).`)
  return exitCode.done
}

/** A file that is there but that its manager does not run on our state is shown, too; without any, there is no service. */
async function installed(): Promise<StatusService | null> {
  const service = await lookAtService(process.env)
  return service.file === 'absent' && service.pid === null && service.enabled !== true ? null : service
}

/** Its manager is content as soon as there is a process; whoever starts a gateway wants one that answers. */
async function whyUnwell(manager: ServiceManager, limitMs: number): Promise<Problem | null> {
  const { env } = process
  const port = await servicePort(manager.path, env, env.HOME || homedir())
  if (port === null) return null // its own start will say so
  const detail = await proveService({
    clock: systemClock,
    table: openProcessTable(),
    manager,
    port,
    limitMs,
  })
  if (detail === null) return null
  const status = await manager.status()
  const service = { manager: manager.kind, unit: manager.unit }
  if (status.ok && status.active === 'active') {
    return problem('GATEWAY_UNREACHABLE', { url: `http://${loopback}:${port}`, detail })
  }
  return status.ok && status.ended
    ? problem('GATEWAY_SERVICE_ENDED', { ...service, exit: status.ended })
    : problem('GATEWAY_SERVICE_FAILED', service)
}
