import { exitCode } from '../../../shared/exit-codes.ts'
import type { GatewayHealth } from '../../../shared/host-api.ts'
import { listOf } from '../../../shared/loose-value.ts'
import { askHealth } from '../ask-health.ts'
import type { HealthOptions } from '../commands/health.ts'
import { withProgress } from '../slow-progress.ts'
import { failWith, sayJson, sayLine, tellUsage } from '../tell.ts'
import { healthLines } from './health-lines.ts'

/** Asks the gateway whether it is well; resolves to the exit code. */
export async function showHealth({ json, timeout, port, verbose }: HealthOptions): Promise<number> {
  const isJson = json === true
  const question = { portFlag: port, timeoutMs: timeout, isProbe: verbose === true }
  const outcome = await withProgress('Asking the gateway', !isJson, askHealth(question))
  if (outcome.kind === 'wrongUsage') {
    tellUsage(outcome.detail)
    return exitCode.wrongUsage
  }
  if (outcome.kind === 'problem') return failWith(outcome.problem, isJson)
  const health = outcome.isMasked ? outcome.health : await withoutSecrets(outcome.health, port)
  if (isJson) sayJson(health)
  else for (const line of healthLines(health, verbose === true)) sayLine(line)
  return health.ok ? exitCode.done : exitCode.failed
}

/**
 * A channel's name and the error it met last may hold what its configuration holds. Without a channel there is
 * nothing to hide, and the configuration need not be read.
 */
async function withoutSecrets(health: GatewayHealth, port: string | undefined): Promise<GatewayHealth> {
  if (listOf(health.channelOrder).length === 0) return health
  const { readStateHere } = await import('../gateway-call/state-here.ts')
  return (await readStateHere(port)).masker.deep(health)
}
