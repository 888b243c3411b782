import { create } from 'zustand'
import type { Problem } from '../../shared/problem.ts'

export type HostViewStore<View> = {
  view: View | null
  /** Places of the page whose request is under way, until the host has answered it. */
  asked: ReadonlySet<string>
  /** By place: why its last request was refused. */
  refusals: Readonly<Record<string, Problem>>
  snapshotTaken(view: View): void
  /** Takes a view only if it is newer: an answer and an event may tell the same change twice. */
  changed(view: View): void
  askBegan(place: string): void
  askEnded(place: string, refusal: Problem | null): void
  /** Whoever closes a form has seen why it was refused. */
  forgetRefusal(place: string): void
}

/** A store for one of the host's views: the view as it came, and what has been asked about it. */
export function hostViewStore<View extends { readonly revision: number }>() {
  return create<HostViewStore<View>>()((set, get) => ({
    view: null,
    asked: new Set(),
    refusals: {},
    snapshotTaken: (view) => set({ view, asked: new Set(), refusals: {} }),
    changed: (view) => {
      if (view.revision > (get().view?.revision ?? -1)) set({ view })
    },
    askBegan: (place) =>
      set({ asked: new Set([...get().asked, place]), refusals: without(get().refusals, place) }),
    askEnded: (place, refusal) => {
      const asked = new Set(get().asked)
      asked.delete(place)
      set({ asked, refusals: refusal ? { ...get().refusals, [place]: refusal } : get().refusals })
    },
    forgetRefusal: (place) => set({ refusals: without(get().refusals, place) }),
  }))
}

function without(refusals: Readonly<Record<string, Problem>>, place: string): Record<string, Problem> {
  const { [place]: _gone, ...others } = refusals
  return others
}
