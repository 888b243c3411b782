import { stat } from 'node:fs/promises'
import type { Problem, ProblemCode } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'

interface Looks {
  readonly clock: Clock
  /** Whether what the problem names is still in the way. */
  isStillThere(): Promise<boolean>
}

/** Problems that go away by themselves, when a port is freed or a file is mended. */
const watched: readonly ProblemCode[] = [
  'PORT_IN_USE',
  'PORT_IN_USE_UNKNOWN',
  'CONFIG_SYNTAX',
  'CONFIG_INVALID',
  'CONFIG_UNREADABLE',
  'CONFIG_NOT_A_FILE',
  'CONFIG_TOO_LARGE',
  'CONFIG_REFUSED',
  'STATE_DIR_NOT_A_FOLDER',
  'STATE_DIR_NOT_WRITABLE',
  'TOKEN_MISSING',
]

export function canGoAway(found: Problem): boolean {
  return watched.includes(found.code)
}

/** Looks each `everyMs` and calls `gone` once. Returns the function that stops looking. */
export function watchObstacle({ clock, isStillThere }: Looks, everyMs: number, gone: () => void): () => void {
  let isOver = false
  let cancel = clock.after(everyMs, look)

  function look(): void {
    void isStillThere().then((still) => {
      if (isOver) return
      if (still) cancel = clock.after(everyMs, look)
      else gone()
    })
  }

  return () => {
    isOver = true
    cancel()
  }
}

/** Changes whenever one of the files does. */
export async function filesSignature(paths: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    paths.map((path) =>
      stat(path, { bigint: true }).then(
        (found) => `${found.ino}.${found.size}.${found.mtimeNs}`,
        () => 'absent',
      ),
    ),
  )
  return parts.join('|')
}
