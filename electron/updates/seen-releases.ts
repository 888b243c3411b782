import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { RecordFile } from '../../host/records/record-file.ts'
import type { AppChannel } from '../../shared/updates.ts'

const schema = z.strictObject({
  /** By channel: the highest counter of a manifest that was signed and meant for this copy. */
  counters: z.record(z.string(), z.number().int().nonnegative()),
})

/** What was seen of each channel, so that an older manifest is not taken for news; survives restarts. */
export class SeenReleases {
  readonly #path: string
  readonly #file: RecordFile<z.infer<typeof schema>>

  constructor(path: string) {
    this.#path = path
    this.#file = new RecordFile(path, schema)
  }

  /** 0 where nothing was seen. */
  async counterOf(channel: AppChannel): Promise<number> {
    return (await this.#counters())[channel] ?? 0
  }

  /** On the disk once it resolves; rejects with the system's error. */
  async saw(channel: AppChannel, counter: number): Promise<void> {
    const counters = await this.#counters()
    if (counter <= (counters[channel] ?? 0)) return
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    await this.#file.write({ counters: { ...counters, [channel]: counter } })
  }

  async #counters(): Promise<Readonly<Record<string, number>>> {
    const found = await this.#file.read()
    return found.kind === 'found' ? found.value.counters : {}
  }
}
