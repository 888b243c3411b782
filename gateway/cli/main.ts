import { version } from '../../shared/version.ts'
import { readPlainGatewayCall } from './plain-gateway-call.ts'

// `--version` and the supervisor's start of a gateway are asked for often and must be quick: they load
// nothing of the rest.
const args = process.argv.slice(2)
const [first] = args
const gatewayCall = readPlainGatewayCall(args)
if (args.length === 1 && (first === '--version' || first === '-V')) {
  process.stdout.write(`${version}\n`)
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
