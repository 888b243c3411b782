const lineEveryMs = 5_000

/**
 * Shows a download on stderr: on a terminal in one line, elsewhere a line every few seconds.
 * `what`: `Electron 45.4.1`.
 */
export function showDownload(
  what: string,
  stream: { write(text: string): unknown; isTTY?: boolean } = process.stderr,
): { progressed(received: number, total: number | null): void; end(): void } {
  const isLive = stream.isTTY === true
  let state = 'asking for it'
  const show = () =>
    stream.write(isLive ? `\r\u001b[KDownloading ${what}: ${state}` : `Downloading ${what}: ${state}\n`)
  show()
  const timer = setInterval(show, isLive ? 200 : lineEveryMs)
  return {
    progressed(received, total) {
      const share = total ? ` of ${inMegabytes(total)} (${Math.floor((100 * received) / total)}%)` : ''
      state = `${inMegabytes(received)}${share}`
    },
    end() {
      clearInterval(timer)
      if (isLive) stream.write('\r\u001b[K')
    },
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`
}
