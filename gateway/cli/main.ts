import { homedir } from 'node:os'
import { exitCode } from '../../shared/exit-codes.ts'
import { version } from '../../shared/version.ts'
import { readPlainGatewayCall } from './plain-gateway-call.ts'

// `--version` and the supervisor's start of a gateway are asked for often and must be quick: they load
// nothing of the rest.
const typed = process.argv.slice(2)
const args =
  typed.some(isGlobalFlag) || process.env.CLAWDBOT_PROFILE ? await withoutGlobalFlags(typed) : typed
const [first] = args ?? []
const gatewayCall = args && readPlainGatewayCall(args)
if (!args) {
  finish(exitCode.wrongUsage)
} else if (args.length === 1 && (first === '--version' || first === '-V')) {
  process.stdout.write(`${version}\n`)
} else if (first === '__complete') {
  const { completeValues } = await import('./completion/complete-values.ts')
  finish(await completeValues(args.slice(1)))
} else if (gatewayCall) {
  const { runGatewayCommand } = await import('./run-gateway-command.ts')
  finish(await runGatewayCommand(gatewayCall))
} else {
  const { runProgram } = await import('./program.ts')
  finish(await runProgram(args))
}

/** Leaves by itself, so that output still under way arrives; a forgotten handle holds it up no longer than this. */
function finish(code: number): void {
  process.exitCode = code
  setTimeout(() => process.exit(), 500).unref()
}

function isGlobalFlag(arg: string): boolean {
  return arg === '--no-color' || arg === '--dev' || /^--profile(?:=|$)/.test(arg)
}

/** Ahead of everything that asks where state and host are. Null where they were used wrongly, and that is said. */
async function withoutGlobalFlags(all: readonly string[]): Promise<readonly string[] | null> {
  const { env, platform } = process
  const { applyVariables, takeGlobalFlags } = await import('./global-flags.ts')
  const taken = takeGlobalFlags({ args: all, env, home: homedir(), platform })
  if (taken.ok) {
    applyVariables(env, taken.variables)
    return taken.args
  }
  const { tellUsage } = await import('./tell.ts')
  tellUsage(taken.detail)
  return null
}
