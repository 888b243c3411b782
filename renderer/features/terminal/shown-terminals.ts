import { create } from 'zustand'
import type { Problem } from '../../../shared/problem.ts'
import type { TerminalEnded } from '../../../shared/terminals.ts'

export type TerminalState =
  | { readonly name: 'opening' }
  | { readonly name: 'open' }
  | { readonly name: 'refused'; readonly problem: Problem }
  | { readonly name: 'ended'; readonly end: Pick<TerminalEnded, 'exitCode' | 'signal' | 'problem'> }
  /** With the connection it came over. */
  | { readonly name: 'lost' }

export interface ShownTerminal {
  /** As it is called on the page. */
  readonly number: number
  readonly state: TerminalState
  /** There is something to be put into the page. */
  readonly hasScreen: boolean
  readonly hasSelection: boolean
}

type ShownTerminals = {
  terminals: readonly ShownTerminal[]
  /** Its number, or null where none is open. */
  selected: number | null
  /** One has been open since the page was loaded: another one is opened only when it is asked for. */
  hasBegun: boolean
  /** The screens speak to a screen reader. */
  readsAloud: boolean
  added(number: number): void
  changed(number: number, change: Partial<Omit<ShownTerminal, 'number'>>): void
  removed(number: number): void
  select(number: number): void
  readAloud(isOn: boolean): void
}

/** The terminals of this page. Their screens live beside, since they outlast a visit to another page. */
export const useShownTerminals = create<ShownTerminals>()((set, get) => ({
  terminals: [],
  selected: null,
  hasBegun: false,
  readsAloud: false,
  added: (number) =>
    set({
      terminals: [
        ...get().terminals,
        { number, state: { name: 'opening' }, hasScreen: false, hasSelection: false },
      ],
      selected: number,
      hasBegun: true,
    }),
  changed: (number, change) =>
    set({ terminals: get().terminals.map((one) => (one.number === number ? { ...one, ...change } : one)) }),
  removed: (number) => {
    const { terminals, selected } = get()
    const place = terminals.findIndex((one) => one.number === number)
    const left = terminals.filter((one) => one.number !== number)
    const next = left[Math.min(Math.max(place, 0), left.length - 1)]?.number ?? null
    set({ terminals: left, selected: selected === number ? next : selected })
  },
  select: (number) => set({ selected: number }),
  readAloud: (isOn) => set({ readsAloud: isOn }),
}))

/** The lowest number that is free. */
export function nextNumber(terminals: readonly ShownTerminal[]): number {
  let number = 1
  while (terminals.some((one) => one.number === number)) number += 1
  return number
}
