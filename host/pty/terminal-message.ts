import type { TerminalSize } from './terminal-size.ts'

/**
 * One line each way between the host and the process of a terminal, as JSON: orders on its stdin, `start` first,
 * and facts on its stdout. What the program prints goes over {@link outputFd} as it is, so that a reader who
 * stops reading stops the program.
 */
export type TerminalOrder =
  | ({ act: 'start'; file: string; args: readonly string[]; cwd: string } & TerminalSize)
  | { act: 'write'; data: string }
  | ({ act: 'resize' } & TerminalSize)

export type TerminalFact =
  | { what: 'started' }
  | { what: 'failed'; detail: string }
  /** Its last output has been written before. */
  | { what: 'ended'; exitCode: number | null; signal: string | null }

export const outputFd = 3

/** Null where the line is none of a terminal's process. */
export function readFact(line: string): TerminalFact | null {
  try {
    const fact: TerminalFact = JSON.parse(line)
    return typeof fact === 'object' && ['started', 'failed', 'ended'].includes(fact?.what) ? fact : null
  } catch {
    return null
  }
}
