/** Whoever reads our output may leave, or the terminal be closed, before the work is done and tidied. */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {})
}
