import { create } from 'zustand'
import type { Problem } from '../../../shared/problem.ts'
import type { Settings, SettingsView } from '../../../shared/settings.ts'

/** What was asked for and is not answered yet; the port is null where the default was asked for. */
export type Wish = Partial<Settings> & { gatewayPort?: number | null }
export type SettingName = keyof Wish

type SettingsStore = {
  view: SettingsView | null
  /** Shown until the host has answered, and never longer. */
  asked: Wish
  /** Why the last request about each was refused. */
  refusals: Partial<Record<SettingName, Problem>>
  snapshotTaken(view: SettingsView): void
  /** Takes a view only if it is newer: an answer and an event may tell the same change twice. */
  changed(view: SettingsView): void
  askBegan(wish: Wish): void
  /** A newer wish for the same setting stays. */
  askEnded(wish: Wish, refusal: Problem | null): void
}

export const useSettings = create<SettingsStore>()((set, get) => ({
  view: null,
  asked: {},
  refusals: {},
  snapshotTaken: (view) => set({ view, asked: {}, refusals: {} }),
  changed: (view) => {
    if (view.revision > (get().view?.revision ?? -1)) set({ view })
  },
  askBegan: (wish) => {
    const { asked, refusals } = get()
    set({ asked: { ...asked, ...wish }, refusals: without(refusals, Object.keys(wish)) })
  },
  askEnded: (wish, refusal) => {
    const { asked, refusals } = get()
    const settled = Object.entries(wish).filter(([name, value]) => asked[name as SettingName] === value)
    const names = settled.map(([name]) => name)
    set({ asked: without(asked, names) })
    if (refusal)
      set({ refusals: { ...refusals, ...Object.fromEntries(names.map((name) => [name, refusal])) } })
  },
}))

function without<T extends Partial<Record<SettingName, unknown>>>(record: T, names: readonly string[]): T {
  // Every member may be missing, so what is left has the same type.
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))) as T
}
