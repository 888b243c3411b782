import type { StoreApi } from 'zustand'
import type { HostCall } from '../../shared/host-api.ts'
import type { CallOutcome } from '../../shared/host-client.ts'
import type { HostViewStore } from './host-view-store.ts'

/**
 * Asks the host for one place of a page, once at a time. Resolves to its answer; null where it refused,
 * which stands in the store then, or where the same is being asked already.
 */
export async function ask<View, Call extends HostCall>(
  store: Pick<StoreApi<HostViewStore<View>>, 'getState'>,
  place: string,
  answer: () => Promise<CallOutcome<Call>>,
): Promise<Extract<CallOutcome<Call>, { ok: true }>['value'] | null> {
  if (store.getState().asked.has(place)) return null
  store.getState().askBegan(place)
  const outcome = await answer()
  store.getState().askEnded(place, outcome.ok ? null : outcome)
  return outcome.ok ? outcome.value : null
}
