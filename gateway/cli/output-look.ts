import { hasColours } from './colours.ts'
import type { OutputLook } from './table.ts'

/** Of a terminal, its columns; of a file or pipe, none: nothing is cut there. */
export function outputLook(stream: NodeJS.WriteStream = process.stdout): OutputLook {
  return { isColoured: hasColours(stream), width: stream.isTTY ? stream.columns || 80 : null }
}

/** Lines that are harmless already, as the printers of tables make them. */
export function sayLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
}
