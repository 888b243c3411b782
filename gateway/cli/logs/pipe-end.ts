/** An output whose reader may be slow, or leave at any time. */
export interface PipeEnd {
  /** Resolves when more may be written; at once where nobody reads any more. */
  write(text: string): Promise<void>
  /** Resolves when nothing more can be written: to the error's code, `EPIPE` where the reader left. */
  readonly broken: Promise<string>
  readonly isBroken: boolean
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'on' | 'off'>

export function openPipeEnd(stream: Stream): PipeEnd {
  let isBroken = false
  const broken = new Promise<string>((resolve) => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      isBroken = true
      resolve(error.code ?? error.message)
    })
  })
  return {
    broken,
    get isBroken() {
      return isBroken
    },
    async write(text) {
      if (isBroken || text === '' || stream.write(text)) return
      // A race with `broken` would keep a little of each wait for as long as the stream lives.
      await new Promise<void>((resolve) => {
        const go = () => {
          stream.off('drain', go).off('error', go)
          resolve()
        }
        stream.on('drain', go).on('error', go)
      })
    },
  }
}
