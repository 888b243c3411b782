import type { HostHandlers } from '../../shared/host-api.ts'
import type { Masker } from './masker.ts'

/** The same handlers, whose answers and refusals show no known secret, on whatever transport they go out. */
export function maskHandlers(handlers: HostHandlers, masker: Masker): HostHandlers {
  const masked = Object.entries(handlers).map(([call, handler]) => {
    const answer = handler as (...args: readonly unknown[]) => unknown
    const maskedAnswer = async (...args: readonly unknown[]) => {
      try {
        return masker.deep(await answer(...args))
      } catch (error) {
        throw masker.error(error)
      }
    }
    return [call, maskedAnswer]
  })
  // Each under its own name, with its own arguments and its own answer.
  return Object.fromEntries(masked) as HostHandlers
}
