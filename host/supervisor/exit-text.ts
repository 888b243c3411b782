import type { GatewayExit } from './state.ts'

/** How a process ended, in the words of the system: `exit code 1`, `SIGKILL`. */
export function exitText(exit: Pick<GatewayExit, 'code' | 'signal'>): string {
  return exit.signal ?? `exit code ${exit.code}`
}
