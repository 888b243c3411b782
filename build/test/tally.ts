/**
 * What a failed outcome's name belongs to: a test or a suite, or a whole module that could not be loaded.
 */
export const isTest = (name: string): boolean => name.includes(' › ')

/** What one check (a step of the run, or a test) came to. */
export type Outcome =
  | { readonly name: string; readonly result: 'passed' }
  | { readonly name: string; readonly result: 'failed'; readonly detail: string }
  | { readonly name: string; readonly result: 'skipped'; readonly reason: string }

/** The end of the report: each skip with its reason, each failure with its detail, and the count. */
export function report(outcomes: readonly Outcome[]): string {
  const lines: string[] = []
  const skipped = outcomes.filter((outcome) => outcome.result === 'skipped')
  if (skipped.length > 0)
    lines.push('', 'Skipped:', ...skipped.map(({ name, reason }) => `  ${name}: ${reason}`))
  const failed = outcomes.filter((outcome) => outcome.result === 'failed')
  for (const { name, detail } of failed) lines.push('', `Failed: ${name}`, indent(detail))
  const passed = outcomes.length - failed.length - skipped.length
  lines.push('', `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`)
  return lines.join('\n')
}

const indent = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
