import { create } from 'zustand'
import type { GatewayView, HostInfo } from '../../../shared/host-api.ts'
import type { Problem } from '../../../shared/problem.ts'
import type { GatewayAct } from '../../commands.ts'

type GatewayStore = {
  host: HostInfo | null
  view: GatewayView | null
  /** The request under way, until the host has answered it. */
  acting: GatewayAct | null
  /** Why the last request was refused. */
  refusal: Problem | null
  snapshotTaken(host: HostInfo, view: GatewayView): void
  /** Takes a view only if it is newer: an answer and an event may tell the same change twice. */
  changed(view: GatewayView): void
  actBegan(act: GatewayAct): void
  actEnded(refusal: Problem | null): void
}

export const useGateway = create<GatewayStore>()((set, get) => ({
  host: null,
  view: null,
  acting: null,
  refusal: null,
  snapshotTaken: (host, view) => set({ host, view, acting: null, refusal: null }),
  changed: (view) => {
    if (view.revision > (get().view?.revision ?? -1)) set({ view })
  },
  actBegan: (act) => set({ acting: act, refusal: null }),
  actEnded: (refusal) => set({ acting: null, refusal }),
}))
