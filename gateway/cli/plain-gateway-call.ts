import type { GatewayFlags } from '../server/settings.ts'

/** `port` as typed. */
export interface GatewayCall extends GatewayFlags {
  readonly isVerbose: boolean
  readonly isForced?: boolean
  readonly wsLog?: 'auto' | 'full' | 'compact'
}

/** `gateway [--port N] [--verbose]` in its plainest spelling; null leaves the rest to the full parser. */
export function readPlainGatewayCall([command, ...args]: readonly string[]): GatewayCall | null {
  if (command !== 'gateway') return null
  let port: string | undefined
  let isVerbose = false
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '--verbose') isVerbose = true
    else if (args[index] === '--port' && /^\d+$/.test(args[index + 1] ?? '')) {
      index += 1
      port = args[index]
    } else return null
  }
  return { port, isVerbose }
}
