import type { ConfigInForce } from './config-in-force.ts'
import type { Lives } from './lives.ts'

export interface AskedRestart {
  readonly lives: Lives
  readonly config: Pick<ConfigInForce, 'current' | 'reload'>
  readonly reason: string
  readonly delayMs: number
}

/**
 * A restart that somebody asked for, after the answer to who asked has left. One that came meanwhile, because the
 * files of the configuration were seen to have changed, was the same one.
 */
export function restartAfter({ lives, config, reason, delayMs }: AskedRestart): void {
  const before = lives.count()
  const begin = async () => {
    if (lives.count() !== before) return
    // What was just written may not have been seen yet, and brings its restart itself.
    await config.reload()
    await lives.settled()
    if (lives.count() === before) await lives.restart(reason, config.current())
  }
  setTimeout(() => void begin(), delayMs).unref()
}
