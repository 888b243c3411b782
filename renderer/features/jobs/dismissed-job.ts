import { create } from 'zustand'

const storedAs = 'moltbot.dismissedJob'

/** The ended job that was last put away, here or by an earlier page of this browser. */
export const useDismissedJob = create<{ id: string | null; dismiss(id: string): void }>()((set) => ({
  id: stored(),
  dismiss: (id) => {
    set({ id })
    try {
      localStorage.setItem(storedAs, id)
    } catch {
      // Storage may be switched off: it comes back with the next page then.
    }
  },
}))

function stored(): string | null {
  try {
    return localStorage.getItem(storedAs)
  } catch {
    return null
  }
}
