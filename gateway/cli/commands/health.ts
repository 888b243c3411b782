import { Command } from 'commander'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { GatewayHealth } from '../../../shared/host-api.ts'
import { formatDuration, formatTook } from '../../../shared/wording/format.ts'
import { parseDurationMs } from '../duration-option.ts'
import { failWith, sayJson, sayLine, tellUsage } from '../tell.ts'

interface HealthOptions {
  readonly json?: true
  readonly timeout: number
  readonly port?: string
}

export function healthCommand(finish: (code: number) => void): Command {
  return new Command('health')
    .summary('ask the gateway whether it is well')
    .description('Asks the gateway itself over its protocol, through the running host where there is one.')
    .option('--json', 'print the answer as JSON')
    .option('--timeout <ms>', 'how long to wait for the answer', parseDurationMs, 10_000)
    .option('--port <n>', 'ask the gateway on this port, not the configured one')
    .addHelpText('after', examples)
    .action(async (options: HealthOptions) => finish(await health(options)))
}

async function health({ json, timeout, port }: HealthOptions): Promise<number> {
  const { askHealth } = await import('../ask-health.ts')
  const outcome = await askHealth({ portFlag: port, timeoutMs: timeout })
  if (outcome.kind === 'wrongUsage') {
    tellUsage(outcome.detail)
    return exitCode.wrongUsage
  }
  if (outcome.kind === 'problem') return failWith(outcome.problem, json === true)
  if (json) sayJson(outcome.health)
  else sayLine(healthText(outcome.health))
  return outcome.health.ok ? exitCode.done : exitCode.failed
}

function healthText(health: GatewayHealth): string {
  const { version, uptimeMs } = health
  const facts = [
    ...(typeof version === 'string' ? [`version ${version}`] : []),
    ...(typeof uptimeMs === 'number' ? [`up ${formatDuration('en', uptimeMs)}`] : []),
    `checked in ${formatTook('en', health.durationMs)}`,
  ]
  return `The gateway is ${health.ok ? 'well' : 'not well'}: ${facts.join(', ')}.`
}

const examples = `
Examples:
  moltbot health
  moltbot health --json --timeout 2000
  moltbot health || moltbot service restart

Exit codes:
  0 it is well   1 it is not, or refused the token   3 not reachable   78 bad configuration`
