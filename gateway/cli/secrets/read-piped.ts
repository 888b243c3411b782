/** All of standard input as text, without the one line break that `echo` and editors put at the end. */
export async function readPiped(
  limitBytes: number,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly bytes: number }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limitBytes) return { ok: false, bytes }
    chunks.push(chunk)
  }
  // Bytes that are no text become a character that is refused further on.
  return {
    ok: true,
    text: Buffer.concat(chunks)
      .toString('utf8')
      .replace(/\r?\n$/, ''),
  }
}
