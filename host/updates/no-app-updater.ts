import { type Problem, problem } from '../../shared/problem.ts'
import type { AppUpdater } from './app-updater.ts'

/** For a copy of the application that cannot replace itself; `place`: what it runs from instead. */
export function noAppUpdater(place: string): AppUpdater {
  return unavailableAppUpdater(problem('UPDATE_NOT_PACKAGED', { place }))
}

/** For one that could, but for this. */
export function unavailableAppUpdater({ code, params }: Problem): AppUpdater {
  // The problem alone: it may have come with more.
  const unavailable = { code, params } as Problem
  return {
    unavailable,
    former: null,
    check: async () => ({ ok: true, offer: null }),
    download: async () => ({ ok: false, ...unavailable }),
    installNow: async () => unavailable,
    installOnQuit() {},
  }
}
