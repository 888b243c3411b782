import { exitCode } from '../shared/exit-codes.ts'

/**
 * One policy under every shell: what nobody foresaw ends the host at once, with the error on stderr.
 * Going on in an unknown state could start or end the wrong thing; the watchdog ends the gateway, and
 * the next start begins from what is on disk.
 */
export function installCrashPolicy(): void {
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
}

function die(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(exitCode.failed)
}
