/** A pasted text of several lines arrives at once; a person's Enter is followed by nothing for this long. */
const pasteGapMs = 40
const limitCharacters = 64 * 1024

/**
 * Asks at the terminal and shows nothing of what is typed. Null where nobody is there to answer, and after
 * Ctrl-C or Ctrl-D; the terminal is then as it was. Lines that are pasted together are one answer, so that
 * no rest of it is left for the shell.
 */
export async function readHidden(question: string): Promise<string | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) return null
  const restore = () => {
    stdin.setRawMode(false)
    stdin.pause()
  }
  const leave = () => {
    restore()
    process.exit(1)
  }
  const signals = ['SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, leave)
  stdin.setRawMode(true)
  try {
    // Only now: what is typed at a question must not be shown.
    stderr.write(question)
    return await readLine(stdin)
  } finally {
    restore()
    for (const signal of signals) process.off(signal, leave)
    stderr.write('\n')
  }
}

function readLine(stdin: NodeJS.ReadStream): Promise<string | null> {
  const decoder = new TextDecoder()
  return new Promise((resolve) => {
    let text = ''
    let gap: NodeJS.Timeout | undefined
    const end = (answer: string | null) => {
      clearTimeout(gap)
      stdin.off('data', hear)
      resolve(answer)
    }
    const hear = (chunk: Buffer) => {
      clearTimeout(gap)
      for (const key of decoder.decode(chunk, { stream: true })) {
        if (key === '\u0003' || (key === '\u0004' && text === '')) return end(null)
        if (key === '\u007f' || key === '\b') text = [...text].slice(0, -1).join('')
        else if (key === '\u0015') text = ''
        else if (key === '\r' || key === '\n') text += '\n'
        else if (key !== '\u0004') text += key
      }
      if (text.length > limitCharacters) return end(text)
      if (text.endsWith('\n')) gap = setTimeout(() => end(text.slice(0, -1)), pasteGapMs)
    }
    stdin.on('data', hear)
    stdin.resume()
  })
}
