/** An output whose reader may be slow, or leave at any time. */
export interface PipeEnd {
  /** Resolves when more may be written; at once where nobody reads any more. */
  write(text: string): Promise<void>
  /** Resolves when nothing more can be written: to the error's code, `EPIPE` where the reader left. */
  readonly broken: Promise<string>
  readonly isBroken: boolean
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'on' | 'once' | 'off'>

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
      const drained = new Promise<void>((resolve) => stream.once('drain', resolve))
      await Promise.race([drained, broken])
    },
  }
}
