import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { Problem } from '../../shared/problem.ts'
import { restartExpectedMs } from '../../shared/protocol/limits.ts'
import type { Logger } from '../log/logger.ts'
import { clientsMs, closeInOrder, requestsMs } from './close-in-order.ts'
import type { Counts } from './counts.ts'
import type { Front, FrontOutcome } from './front.ts'
import type { Life } from './life.ts'
import type { ServerSettings, SettingsOutcome } from './settings.ts'

export interface LivesParts {
  readonly front: Front
  readonly life: Life
  readonly logger: Pick<Logger, 'info' | 'error'>
  readonly counts: Pick<Counts, 'restarted'>
  settle(loaded: LoadedConfig): Promise<SettingsOutcome>
  open(settings: ServerSettings): Promise<FrontOutcome>
  begin(settings: ServerSettings, loaded: LoadedConfig): Life
  /** What the life in force is served with, after a restart that succeeded and after one that did not. */
  adopted(loaded: LoadedConfig, settings: ServerSettings): void
}

/** One life of the server after another, in one process. */
export interface Lives {
  current(): Life
  /** How many restarts there were. */
  count(): number
  /** Serves `loaded` from now on; where that cannot be, what is served stays. Never rejects. */
  restart(reason: string, loaded: LoadedConfig): Promise<void>
  /** Resolves when the restart that is under way, if one is, has come to its end. Never rejects. */
  settled(): Promise<void>
  /** Ends the current life, and one that is still being left. Nothing begins after this. */
  close(reason: string): Promise<void>
}

/**
 * The next life begins before the current one ends: the sockets that listen are kept where address and port are the
 * same, else the new ones are opened first. So there is no moment in which nothing answers, and what cannot be served
 * changes nothing.
 */
export function createLives(parts: LivesParts): Lives {
  const { logger } = parts
  let { front, life } = parts
  let count = 0
  let isClosing = false
  let underWay: Promise<void> = Promise.resolve()

  async function restartNow(reason: string, loaded: LoadedConfig): Promise<void> {
    if (isClosing) return
    const outcome = await parts.settle(loaded)
    if (!outcome.ok) return keep(outcome.kind === 'usage' ? outcome.detail : outcome.problem)
    const { settings } = outcome
    const [formerFront, formerLife] = [front, life]
    const isSame = settings.port === front.port && String(settings.addresses) === String(front.addresses)
    if (!isSame) {
      const opened = await parts.open(settings)
      if (!opened.ok) return keep(opened)
      if (isClosing) return opened.front.close(0)
      front = opened.front
    }
    parts.adopted(loaded, settings) // before anything of the new life could need its secrets masked
    life = parts.begin(settings, loaded)
    front.serve(life)
    count += 1
    parts.counts.restarted()
    logger.info('The gateway restarts', { reason, addresses: settings.addresses, port: settings.port })
    await formerLife.clients.close({ reason: 'service restart', limitMs: clientsMs, restartExpectedMs })
    if (!isSame) await formerFront.close(requestsMs)
  }

  function keep(why: Problem | string): void {
    const detail = typeof why === 'string' ? why : `${why.code} ${JSON.stringify(why.params)}`
    logger.error('The changed configuration cannot be served; the former one still is', { detail })
    parts.adopted(life.loaded, life.settings)
  }

  return {
    current: () => life,
    count: () => count,
    restart(reason, loaded) {
      underWay = underWay
        .then(() => restartNow(reason, loaded))
        .catch((error: Error) => logger.error('A restart failed', { error: error.stack ?? error.message }))
      return underWay
    },
    settled: () => underWay,
    async close(reason) {
      isClosing = true
      life.vitals.beginClosing(`The gateway closes (${reason})`)
      const left = underWay
      await closeInOrder({ vitals: life.vitals, front, clients: life.clients, reason })
      await left // bounded as well: it had begun to close before
    },
  }
}
