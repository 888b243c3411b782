import { exitCode } from '../shared/exit-codes.ts'

/**
 * One policy under every shell: what nobody foresaw ends the host at once, with the error on stderr.
 * Going on in an unknown state could start or end the wrong thing; the watchdog ends the gateway, and
 * the next start begins from what is on disk.
 */
export function installCrashPolicy(): void {
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
  // Whoever read our output may go (`npm start | head -1`); that is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

function die(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(exitCode.failed)
}
