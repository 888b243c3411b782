import type { Problem } from '../shared/problem.ts'

/** The line that scripts and people wait for; the first on stdout. */
export function sayReady(url: string): void {
  process.stdout.write(`Moltbot host ready: ${url}\n`)
}

export function saySentence(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** What happened, why and what to do, on stderr. The wording is loaded only when something went wrong. */
export async function sayProblem(found: Problem): Promise<void> {
  const { problemText } = await import('../shared/wording/terminal-text.ts')
  process.stderr.write(`${problemText(found)}\n`)
}
