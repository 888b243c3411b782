import { exitCode } from '../../shared/exit-codes.ts'
import { runGateway } from '../server/main.ts'
import type { GatewayCall } from './plain-gateway-call.ts'

export async function runGatewayCommand(call: GatewayCall): Promise<number> {
  const code = await runGateway({
    isForced: false,
    wsLog: 'auto',
    ...call,
    tell: {
      // Wording is loaded only when something went wrong.
      problem: async (found) => (await import('./tell.ts')).tellProblem(found),
      usage: async (detail) => (await import('./tell.ts')).tellUsage(detail),
    },
  })
  // systemd is told not to retry a bad configuration; launchd leaves alone only what ends as if well.
  const isFinal = code === exitCode.badConfig && process.env.MOLTBOT_SERVICE === 'launchd'
  return isFinal ? exitCode.done : code
}
