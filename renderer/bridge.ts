import type { Commands } from './commands.ts'
import { backupCommands } from './features/backups/backup-commands.ts'
import { useBackups } from './features/backups/backups-store.ts'
import { checkCommands } from './features/health/check-commands.ts'
import { useChecks } from './features/health/checks-store.ts'
import { jobCommands } from './features/jobs/job-commands.ts'
import { useJobs } from './features/jobs/jobs-store.ts'
import { LogReading } from './features/logs/log-reading.ts'
import { useMetrics } from './features/metrics/metrics-store.ts'
import { useGateway } from './features/overview/gateway-store.ts'
import { secretCommands } from './features/secrets/secret-commands.ts'
import { useSecrets } from './features/secrets/secrets-store.ts'
import { useSession } from './features/session/session-store.ts'
import { settingCommands } from './features/settings/setting-commands.ts'
import { useSettings } from './features/settings/settings-store.ts'
import { startupCommands } from './features/settings/startup-commands.ts'
import { useLoginItem, useService } from './features/settings/startup-stores.ts'
import { terminalCommands } from './features/terminal/terminal-commands.ts'
import { useTerminals } from './features/terminal/terminals-store.ts'
import { useTimeline } from './features/timeline/timeline-store.ts'
import { updateCommands } from './features/updates/update-commands.ts'
import { useUpdates } from './features/updates/updates-store.ts'
import type { HostLink } from './transport/connection.ts'

const earlierPage = 200

/**
 * The only way from the host into the stores. Subscribed first, then the snapshot; events that arrive
 * between the two are held, because they may belong to another run of the host than what is shown.
 */
export function bridge(link: HostLink): Commands {
  const { client } = link
  const logs = new LogReading(client)
  let held: (() => void)[] | null = []

  const whenFresh = (apply: () => void) => (held ? void held.push(apply) : apply())
  client.on('gateway.changed', (view) => whenFresh(() => useGateway.getState().changed(view)))
  client.on('metrics.sampled', (sample) => whenFresh(() => useMetrics.getState().sampled(sample)))
  client.on('settings.changed', (view) => whenFresh(() => useSettings.getState().changed(view)))
  client.on('secrets.changed', (view) => whenFresh(() => useSecrets.getState().changed(view)))
  client.on('backups.changed', (view) => whenFresh(() => useBackups.getState().changed(view)))
  client.on('checks.changed', (view) => whenFresh(() => useChecks.getState().changed(view)))
  client.on('jobs.changed', (view) => whenFresh(() => useJobs.getState().changed(view)))
  client.on('loginItem.changed', (view) => whenFresh(() => useLoginItem.getState().changed(view)))
  client.on('service.changed', (view) => whenFresh(() => useService.getState().changed(view)))
  client.on('terminals.changed', (view) => whenFresh(() => useTerminals.getState().changed(view)))
  client.on('updates.changed', (view) => whenFresh(() => useUpdates.getState().changed(view)))
  client.on('timeline.appended', (entry) => whenFresh(() => useTimeline.getState().appended(entry)))

  link.onConnection(async (connection) => {
    if (connection.name !== 'connected') return useSession.getState().changed(connection)
    const waiting: (() => void)[] = []
    held = waiting
    const outcome = await client.call('host.snapshot')
    // A newer connection has begun its own snapshot meanwhile.
    if (held !== waiting) return
    if (!outcome.ok) {
      if (outcome.code === 'CONNECTION_LOST') return
      return useSession.getState().changed({ name: 'unreadable', problem: outcome })
    }
    const {
      host,
      gateway,
      settings,
      secrets,
      backups,
      checks,
      jobs,
      loginItem,
      service,
      terminals,
      metrics,
      timeline,
      updates,
    } = outcome.value
    const isSameHostRun = useGateway.getState().host?.hostRun === host.hostRun
    useGateway.getState().snapshotTaken(host, gateway)
    useSettings.getState().snapshotTaken(settings)
    useSecrets.getState().snapshotTaken(secrets)
    useBackups.getState().snapshotTaken(backups)
    useJobs.getState().snapshotTaken(jobs)
    useChecks.getState().snapshotTaken(checks)
    useUpdates.getState().snapshotTaken(updates)
    useTerminals.getState().snapshotTaken(terminals)
    useLoginItem.getState().snapshotTaken(loginItem)
    useService.getState().snapshotTaken(service)
    useMetrics.getState().replaced(metrics)
    useTimeline.getState().snapshotTaken(timeline, isSameHostRun)
    held = null
    for (const apply of waiting) apply()
    // Last: nothing is shown as current before it is.
    useSession.getState().changed(connection)
    logs.readOn()
  })

  return {
    gateway: async (act) => {
      if (useGateway.getState().acting) return
      useGateway.getState().actBegan(act)
      const outcome = await client.call(`gateway.${act}`)
      if (outcome.ok) useGateway.getState().changed(outcome.value)
      useGateway.getState().actEnded(outcome.ok ? null : outcome)
    },
    showEarlier: async () => {
      const { entries, loading } = useTimeline.getState()
      const oldest = entries.at(-1)
      if (loading || !oldest) return
      useTimeline.getState().loadBegan()
      const page = await client.call('timeline.page', { before: oldest.seq, limit: earlierPage })
      if (page.ok) useTimeline.getState().loaded(page.value.entries, page.value.more)
      else useTimeline.getState().loadFailed(page)
    },
    reconnect: () => link.retryNow(),
    logs,
    settings: settingCommands(client),
    startup: startupCommands(client),
    secrets: secretCommands(client),
    backups: backupCommands(client),
    jobs: jobCommands(client),
    checks: checkCommands(client),
    updates: updateCommands(client),
    terminal: terminalCommands(client),
  }
}
