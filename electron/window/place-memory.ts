import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../../host/clock.ts'
import { RecordFile } from '../../host/records/record-file.ts'
import { saySentence } from '../../host/terminal.ts'
import { type WindowPlace, windowPlaceSchema } from './window-place.ts'

/** A window that is dragged moves a hundred times a second. */
const writeAfterMs = 500

/** The window's last place; kept for the next start of the application. */
export interface PlaceMemory {
  readonly place: WindowPlace | null
  keep(place: WindowPlace): void
  /** Writes what has not been written yet. */
  flush(): Promise<void>
}

/** A file that is not what it should be is set aside, and the window opens at its usual place. */
export async function openPlaceMemory(path: string, clock: Pick<Clock, 'after'>): Promise<PlaceMemory> {
  const file = new RecordFile(path, windowPlaceSchema)
  // A folder that refuses the renaming costs only the memory.
  const found = await file.read().catch(() => ({ kind: 'absent' }) as const)
  if (found.kind === 'setAside')
    saySentence(`The window's place could not be read and was kept at ${found.keptAt}.`)
  let place = found.kind === 'found' ? found.value : null
  let isWritten = true
  let cancel = () => {}

  async function flush(): Promise<void> {
    cancel()
    if (isWritten || !place) return
    isWritten = true
    await file.write(place).catch(() => {}) // a full disk: the window opens where it was before
  }

  return {
    get place() {
      return place
    },
    keep(next) {
      if (isDeepStrictEqual(next, place)) return
      place = next
      isWritten = false
      cancel()
      cancel = clock.after(writeAfterMs, () => void flush())
    },
    flush,
  }
}
