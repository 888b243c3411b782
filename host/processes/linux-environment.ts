import { open } from 'node:fs/promises'

/**
 * Looks into the environments of many processes, one after another, through one buffer: a buffer for
 * each would be garbage in the size of the machine's whole process table at every look.
 */
export class EnvironmentReader {
  #buffer = Buffer.allocUnsafe(32 * 1024)

  /** Whether process `pid`, if it may be read, has exactly `name=value`. */
  async has(pid: number, name: string, value: string): Promise<boolean> {
    const length = await this.#read(pid)
    return this.#buffer.subarray(0, length).includes(`\0${name}=${value}\0`)
  }

  /** Fills the buffer with a NUL and then the environment, NUL-terminated entries; returns the length. */
  async #read(pid: number): Promise<number> {
    this.#buffer[0] = 0
    let length = 1
    try {
      await using file = await open(`/proc/${pid}/environ`)
      for (;;) {
        const { bytesRead } = await file.read(this.#buffer, length, this.#buffer.length - length, length - 1)
        if (bytesRead === 0) return length
        length += bytesRead
        if (length === this.#buffer.length)
          this.#buffer = Buffer.concat([this.#buffer], this.#buffer.length * 2)
      }
    } catch {
      return length // gone, or another user's
    }
  }
}
