import { runGateway } from '../server/main.ts'
import type { GatewayCall } from './plain-gateway-call.ts'

export async function runGatewayCommand(call: GatewayCall): Promise<number> {
  return runGateway({
    ...call,
    tell: {
      // Wording is loaded only when something went wrong.
      problem: async (found) => (await import('./tell.ts')).tellProblem(found),
      usage: async (detail) => (await import('./tell.ts')).tellUsage(detail),
    },
  })
}
