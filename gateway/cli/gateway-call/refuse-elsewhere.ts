import { exitCode } from '../../../shared/exit-codes.ts'
import type { CallOptions } from '../commands/gateway-call.ts'
import { tellUsage } from '../tell.ts'

/**
 * The exit code where a secret or an address was typed, and why is said; null where none was. To go on without them
 * would be to ask another gateway, or as another operator, than was meant.
 */
export function refuseElsewhere({ url, token, password }: CallOptions): number | null {
  if (token !== undefined || password !== undefined) {
    tellUsage(
      'Every user of this machine can read a secret that stands on a command line, so that none is taken from there. ' +
        'The gateway’s own is used; another one for this call: CLAWDBOT_GATEWAY_TOKEN in the environment',
    )
    return exitCode.wrongUsage
  }
  if (url === undefined) return null
  tellUsage('This command asks gateways of this machine: use --port. For another machine: ssh HOST moltbot …')
  return exitCode.wrongUsage
}
