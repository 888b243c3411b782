import { createProgress } from './progress.ts'

const patienceMs = 1_000

/** Says on a terminal's stderr what is under way once that takes longer than a second. */
export async function withProgress<T>(word: string, isWanted: boolean, work: Promise<T>): Promise<T> {
  const progress = createProgress(process.stderr, isWanted)
  const timer = setTimeout(() => progress.show(word), patienceMs)
  try {
    return await work
  } finally {
    clearTimeout(timer)
    progress.clear()
  }
}
