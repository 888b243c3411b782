import type { HostHandlers } from '../../../shared/host-api.ts'
import { ProblemError, problem } from '../../../shared/problem.ts'

/**
 * What a host that lives no longer than a command does for others: all but the calls that start a gateway
 * or a terminal, which would end with the command, and those that lead to a page.
 */
export function handlersForOthers(handlers: HostHandlers): HostHandlers {
  const refuse = (): never => {
    throw new ProblemError(problem('HOST_BUSY_WITH_COMMAND', { pid: process.pid }))
  }
  return {
    ...handlers,
    'host.link': refuse,
    'gateway.start': refuse,
    'gateway.restart': refuse,
    'backups.restore': refuse,
    'terminal.open': refuse,
    'updates.installGateway': refuse,
    'updates.useGateway': refuse,
    'service.install': refuse,
    'service.uninstall': refuse,
  }
}
