import { open } from 'node:fs/promises'

/** The text of a file of at most `limitBytes`, or what is wrong with it. `-` is standard input. */
export async function readSmallFile(
  path: string,
  limitBytes: number,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly detail: string }> {
  try {
    const chunks: Buffer[] = []
    let total = 0
    const source = path === '-' ? process.stdin : (await open(path)).createReadStream()
    for await (const chunk of source as AsyncIterable<Buffer>) {
      total += chunk.length
      if (total > limitBytes) return { ok: false, detail: `${path} is longer than ${limitBytes} bytes` }
      chunks.push(chunk)
    }
    return { ok: true, text: Buffer.concat(chunks).toString('utf8') }
  } catch (error) {
    return { ok: false, detail: `${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}` }
  }
}
