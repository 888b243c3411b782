import { createInterface } from 'node:readline/promises'

/** Asks at the terminal; null where nobody is there to answer. Anything but yes is a no. */
export async function confirm(question: string): Promise<boolean | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) return null
  const asking = createInterface({ input: stdin, output: stderr })
  try {
    const answer = await asking.question(`${question} [y/N] `)
    return /^y(es)?$/i.test(answer.trim())
  } catch {
    return false // Ctrl-C, Ctrl-D
  } finally {
    asking.close()
  }
}
