import type { Logger } from '../log/logger.ts'

/** What `--ws-log` chooses. `auto` is `compact` with `--verbose`. */
export const requestLogStyles = ['auto', 'full', 'compact'] as const
export type RequestLogStyle = (typeof requestLogStyles)[number]

export interface RequestLog {
  began(connId: string, method: string): void
  answered(connId: string, method: string, fault: string | null, durationMs: number): void
}

/** As in Moltbot: quicker ones are of interest only to who asks to see all. */
const slowMs = 50

/**
 * A line for each request that was answered, at level debug; without `isVerbose` only for those that failed
 * or took long. `full` says also when one begins. Never what was asked or answered: that may be secret.
 */
export function createRequestLog(
  logger: Pick<Logger, 'debug'>,
  style: RequestLogStyle,
  isVerbose: boolean,
): RequestLog {
  const showsAll = isVerbose || style !== 'auto'
  return {
    began(connId, method) {
      if (style === 'full') logger.debug('A request came', { connId, method })
    },
    answered(connId, method, fault, durationMs) {
      if (!showsAll && fault === null && durationMs < slowMs) return
      const ms = Math.round(durationMs * 10) / 10
      const facts = fault === null ? { connId, method, ms } : { connId, method, ms, fault }
      logger.debug(fault === null ? 'A request was answered' : 'A request was refused', facts)
    },
  }
}
