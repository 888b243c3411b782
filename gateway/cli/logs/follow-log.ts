import { systemClock } from '../../../host/clock.ts'
import { readLog } from '../../../host/logs/read-log.ts'
import { watchLog } from '../../../host/logs/watch-log.ts'
import type { LogCursor } from '../../../shared/log.ts'
import { problem } from '../../../shared/problem.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import type { LineFilter } from './line-filter.ts'
import type { LogOutput } from './log-output.ts'

export interface Following {
  readonly path: () => string
  readonly from: LogCursor
  /** The file that was shown last. */
  readonly file: string
  /** Null lets every line pass. */
  readonly filter: LineFilter | null
  readonly output: LogOutput
  /** Resolves when the owner has seen enough. */
  readonly enough: Promise<unknown>
  /** Looked this often also without a word from the watch: what came before its first look is no news to it. */
  readonly intervalMs: number
}

const maxLines = 5_000

/** Shows each new line until it is enough. */
export async function followLog(following: Following): Promise<void> {
  const { path, from, file, filter, output, enough, intervalMs } = following
  let isEnough = false
  let isNews = false
  let wake = () => {}
  const stir = () => {
    isNews = true
    wake()
  }
  const watch = watchLog({ clock: systemClock, path, grew: stir })
  void enough.then(() => {
    isEnough = true
    stir()
  })
  let cursor = from
  let shown = file
  let trouble: string | null = null
  try {
    while (!isEnough) {
      isNews = false
      const chunk = await readLog(path(), { cursor, maxLines })
      cursor = chunk.next
      if (chunk.lines.length > 0 && chunk.path !== shown) {
        shown = chunk.path
        await output.file(shown)
      }
      if (chunk.restarted) await output.notice('LOG_RESTARTED', 'The log was emptied or replaced.')
      if (chunk.skippedBytes > 0) await output.notice('LOG_SKIPPED', skippedText(chunk.skippedBytes))
      if (chunk.trouble !== null && chunk.trouble !== trouble) {
        await output.problem(problem('LOG_UNREADABLE', { path: chunk.path, detail: chunk.trouble }), false)
      }
      ;({ trouble } = chunk)
      await output.lines(filter ? filter(chunk.lines) : chunk.lines)
      if (!chunk.more && !isNews) await nextLook()
    }
  } finally {
    watch.stop()
  }

  function nextLook(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, intervalMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function skippedText(bytes: number): string {
  return `${formatBytes(bytes)} were passed over: the log grew faster than it could be shown.`
}
