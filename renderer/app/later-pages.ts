import { lazy } from 'react'

/** Every page but the first to be seen. Apart from it, so that the first is drawn sooner. */
const loads = {
  logs: () => import('../features/logs/logs-page.tsx').then((found) => ({ default: found.LogsPage })),
  backups: () =>
    import('../features/backups/backups-page.tsx').then((found) => ({ default: found.BackupsPage })),
  health: () => import('../features/health/health-page.tsx').then((found) => ({ default: found.HealthPage })),
  secrets: () =>
    import('../features/secrets/secrets-page.tsx').then((found) => ({ default: found.SecretsPage })),
  terminal: () =>
    import('../features/terminal/terminal-page.tsx').then((found) => ({ default: found.TerminalPage })),
  updates: () =>
    import('../features/updates/updates-page.tsx').then((found) => ({ default: found.UpdatesPage })),
  settings: () =>
    import('../features/settings/settings-page.tsx').then((found) => ({ default: found.SettingsPage })),
}

export const LogsPage = lazy(loads.logs)
export const BackupsPage = lazy(loads.backups)
export const HealthPage = lazy(loads.health)
export const SecretsPage = lazy(loads.secrets)
export const TerminalPage = lazy(loads.terminal)
export const SettingsPage = lazy(loads.settings)
export const UpdatesPage = lazy(loads.updates)

/** How long the first page has the computer for itself. */
const restMs = 500

/** Brings the other pages in before anybody asks for them: going to one is then instant, also without the host. */
export function loadLaterPages(): void {
  setTimeout(() => {
    // One that is missing is reported by the page itself, when it is asked for.
    for (const load of Object.values(loads)) load().catch(() => {})
  }, restMs)
}
