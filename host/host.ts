import { randomBytes } from 'node:crypto'
import { defaultGatewayPort } from '../shared/endpoints.ts'
import { pidOf } from '../shared/gateway-state.ts'
import type { GatewayView, HostHandlers, HostInfo } from '../shared/host-api.ts'
import { type Problem, ProblemError, problem } from '../shared/problem.ts'
import { version } from '../shared/version.ts'
import { recoverState } from './backup/recover-state.ts'
import type { GatewayCommand } from './child/launch-gateway.ts'
import { startWatchdog } from './child/watchdog.ts'
import type { Clock } from './clock.ts'
import type { FirstRunOutcome } from './config/first-run.ts'
import type { StatePaths } from './config/state-paths.ts'
import { withSecretNames } from './config/with-secrets.ts'
import { askHealth } from './gateway/ask-health.ts'
import { checkPort } from './gateway/check-port.ts'
import { GatewayRuns } from './gateway/gateway-runs.ts'
import { GatewaySetup } from './gateway/gateway-setup.ts'
import { superviseState } from './gateway/supervise-state.ts'
import { watchObstacle } from './gateway/watch-obstacle.ts'
import { fetchLiveness, type Liveness } from './gateway-client/fetch-liveness.ts'
import type { HostPaths } from './host-paths.ts'
import { openKeeping } from './keeping.ts'
import { inTurn } from './logs/in-turn.ts'
import { readEarlier, readLog } from './logs/read-log.ts'
import { watchLog } from './logs/watch-log.ts'
import { maskHandlers } from './masking/mask-handlers.ts'
import { createMasker } from './masking/masker.ts'
import { openMetricsFile } from './metrics/metrics-file.ts'
import { startSampler } from './metrics/sampler.ts'
import { Agent } from './node-http.ts'
import type { ProcessIdentity, ProcessTable } from './processes/process-table.ts'
import { intentSchema } from './records/intent.ts'
import { RecordFile } from './records/record-file.ts'
import { runRecordSchema } from './records/run-record.ts'
import { sweepOrphans } from './records/sweep-orphans.ts'
import { openSecrets } from './secrets/open-secrets.ts'
import type { SecretsOwner } from './secrets/secrets.ts'
import { SettingsOwner } from './settings/settings.ts'
import type { SupervisorFigures } from './supervisor/figures.ts'
import { createSupervisor, type SupervisorPorts } from './supervisor/supervisor.ts'
import { Timeline } from './timeline/timeline.ts'
import { HostEvents } from './transports/host-events.ts'

const intentRetryMs = 5_000

export interface HostParts {
  readonly clock: Clock
  readonly figures: SupervisorFigures
  readonly table: ProcessTable
  readonly env: NodeJS.ProcessEnv
  readonly hostPaths: HostPaths
  readonly statePaths: StatePaths
  readonly gatewayCommand: GatewayCommand
  /** A plain Node, never Electron's: for the small process that speaks to the keychain. */
  readonly nodePath: string
  readonly gatewayPortFlag: string | undefined
  /** What a gateway needs and does not find is written at once; otherwise with the first start of one. */
  readonly writesMissing?: boolean
  /** This process, and the boot it belongs to. */
  readonly identity: ProcessIdentity
  readonly bootId: string
  /** What this host runs in. */
  readonly shell: HostInfo['shell']
  /** A fresh one-time address of the browser interface; a desktop serves one from the first time on. */
  freshLink(): string | Promise<string>
}

export interface Host {
  readonly handlers: HostHandlers
  readonly events: HostEvents
  /** What was missing at the start and was written, or why it could not be. */
  readonly firstRun: FirstRunOutcome
  /** Since when the owner wants the gateway stopped (wall clock, ms), or null. */
  readonly stoppedSince: number | null
  /** Starts the gateway unless the owner wants it stopped. */
  begin(): void
  /**
   * Ends the gateway and everything started for it. With `killAfterMs` the gateway has that long to close
   * in order, instead of the supervisor's own figure; asked again, the shorter time holds.
   */
  quit(killAfterMs?: number): Promise<void>
}

/**
 * Looks after one gateway. Knows no transport and no shell: `handlers` and `events` are the contract,
 * for whoever carries it. The caller holds the host lock.
 */
export async function openHost(parts: HostParts): Promise<Host> {
  const { clock, table, env, hostPaths, statePaths, identity, bootId } = parts
  const uid = process.getuid?.() ?? 0
  let secrets: SecretsOwner | null = null
  const masker = createMasker(() => secrets?.knownValues ?? [])
  const events = new HostEvents(masker.deep)

  const timeline = await Timeline.open(hostPaths.timelinePath, (entry) =>
    events.emit('timeline.appended', entry),
  )
  const note = (kind: Parameters<Timeline['append']>[0], evidence: Parameters<Timeline['append']>[2]) =>
    timeline.append(kind, null, evidence, clock.now().wall)
  const noteProblem: SupervisorPorts['note'] = (kind, found, evidence) =>
    timeline.append(kind, masker.deep(found), masker.deep(evidence), clock.now().wall)

  const record = new RecordFile(hostPaths.runRecordPath, runRecordSchema)
  await sweepOrphans({ record, table, bootId, uid, note })
  const runRecord = { bootId, uid, host: identity, nonce: randomBytes(16).toString('hex') }
  // Without it the next host would not know this one's nonce; with a full disk that is still better than no host.
  await record.write({ ...runRecord, gateway: null }).catch((error: Error) => {
    process.stderr.write(`The run record could not be written: ${error.message}\n`)
  })

  const intentFile = new RecordFile(hostPaths.intentPath, intentSchema)
  const storedIntent = await intentFile.read()
  let intent = storedIntent.kind === 'found' ? storedIntent.value : { gateway: 'running' as const, at: 0 }
  note('hostStarted', { pid: identity.pid, version })

  const recover = () => recoverState(statePaths.stateDir, noteProblem)
  const interrupted = await recover()
  const owned = await openSecrets({
    env,
    nodePath: parts.nodePath,
    hostPaths,
    statePaths,
    clock,
    changed: (secretsView) => events.emit('secrets.changed', secretsView),
    note,
  })
  secrets = owned
  const setup = new GatewaySetup({
    paths: statePaths,
    env,
    portFlag: parts.gatewayPortFlag,
    interrupted,
    recover,
    secrets: owned,
  })
  const firstRun: FirstRunOutcome =
    parts.writesMissing === false ? { ok: true, written: [] } : await setup.writeMissing()

  const watchdog = startWatchdog(runRecord.nonce)
  const runs = new GatewayRuns({
    command: parts.gatewayCommand,
    env,
    table,
    watchdog,
    record,
    host: runRecord,
    secrets: () => setup.values,
    explainRefusal: (exit) => setup.explainRefusal(exit),
  })

  const settings = await SettingsOwner.open({
    path: hostPaths.settingsPath,
    paths: statePaths,
    get env() {
      return withSecretNames(env, owned.storedNames)
    },
    portFlag: parts.gatewayPortFlag,
    changed: (settingsView) => events.emit('settings.changed', settingsView),
  })
  const firstCheck = await setup.check()
  const info: Omit<HostInfo, 'logPath'> = {
    hostRun: runRecord.nonce.slice(0, 8),
    version,
    pid: identity.pid,
    startedAt: clock.now().wall,
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    shell: parts.shell,
    stateDir: statePaths.stateDir,
    configPath: statePaths.configPath,
    hostDir: hostPaths.hostDir,
  }

  let gatewayVersion: string | null = null
  let provenPid: number | null = null
  let view: GatewayView = {
    revision: 0,
    state: {
      name: 'stopped',
      why: intent.gateway === 'stopped' ? 'requested' : 'notStarted',
      since: clock.now().wall,
    },
    port: firstCheck.ok ? firstCheck.port : defaultGatewayPort,
    intent: intent.gateway,
    version: null,
    crashes: 0,
  }
  const change = (part: Partial<GatewayView>) => {
    view = { ...view, ...part, revision: view.revision + 1 }
    events.emit('gateway.changed', view)
  }

  const keptConnection = new Agent({ keepAlive: true, maxSockets: 1 })

  /** An answer counts only from our own child: another program may have been quicker to the port. */
  async function probe(port: number, pid: number, limitMs: number): Promise<Liveness> {
    const liveness = await fetchLiveness({ port, timeoutMs: limitMs, agent: keptConnection })
    if (liveness.kind === 'silent') return liveness
    if (provenPid !== pid) {
      if (!(await table.holdsListener(pid, port)))
        return { kind: 'silent', detail: 'another program answers' }
      provenPid = pid
    }
    if (liveness.kind === 'live') gatewayVersion = liveness.version
    return liveness
  }

  const looks = {
    clock,
    paths: statePaths,
    isPortFree: async (port: number) => (await checkPort(port, table)) === null,
    findProblem: async () => {
      const now = await setup.check()
      return now.ok ? null : now.problem.code
    },
    secretsIndexPath: hostPaths.secretsIndexPath,
    areSecretsReady: () => owned.isReady(),
  }
  const supervisor = createSupervisor(
    {
      clock,
      figures: parts.figures,
      random: Math.random,
      async checkConfig() {
        const checked = await setup.prepare()
        void settings.lookAtGatewayPort()
        return checked
      },
      checkPort: (port) => checkPort(port, table),
      launch(runId, port, exited) {
        owned.startedWith(setup.values)
        return runs.launch(runId, port, exited)
      },
      probe,
      watchObstacle: (found, everyMs, gone) => watchObstacle(looks, found, everyMs, gone),
      storeIntent(wanted) {
        if (intent.gateway === wanted) return
        intent = { gateway: wanted, at: clock.now().wall }
        keepIntent()
        change({ intent: wanted })
      },
      note: noteProblem,
      changed(state, port) {
        if (pidOf(state.gateway) === null) provenPid = null
        change({ state: state.gateway, port, version: gatewayVersion, crashes: state.crashes })
      },
    },
    view.port,
  )

  const metricsFile = openMetricsFile(hostPaths.metricsPath)
  const sampler = startSampler(
    {
      clock,
      table,
      pid: () => pidOf(supervisor.state),
      sampled(sample) {
        events.emit('metrics.sampled', sample)
        metricsFile.sampled(() => sampler.history())
      },
    },
    await metricsFile.restore(),
  )

  const logTurn = inTurn()
  const logWatch = watchLog({
    clock,
    path: () => setup.logPath(),
    grew: (grown) => events.emit('logs.grew', grown),
  })

  // A full disk must not stop a stop; but a stop must not be forgotten either: tried until it is written.
  const keepIntent = () => {
    intentFile.write(intent).catch(() => clock.after(intentRetryMs, keepIntent))
  }
  let isLeaving = false
  let leaving: Promise<void> | null = null
  const askOurs = () =>
    askHealth({ state: supervisor.state, port: view.port, table, readToken: () => setup.token() })
  const start = () => {
    setup.startAsked()
    supervisor.start()
  }
  const restart = () => {
    setup.startAsked()
    supervisor.restart()
  }
  const keeping = await openKeeping({
    clock,
    hostPaths,
    statePaths,
    secrets: owned,
    events,
    gateway: superviseState({
      clock,
      supervisor,
      table,
      configPath: statePaths.configPath,
      port: async () => {
        const now = await setup.check()
        return now.ok ? now.port : view.port
      },
      startAsked: () => setup.startAsked(),
      isWanted: () => intent.gateway === 'running',
      isLeaving: () => isLeaving,
      askHealth: askOurs,
    }),
    checkConfig: async () => {
      // A backup may lack what a gateway needs and a first run would write.
      const written = await setup.writeMissing()
      if (!written.ok) return { code: written.code, params: written.params } as Problem
      const now = await setup.check()
      return now.ok ? null : now.problem
    },
    interrupted: (found) => setup.cutOff(found),
    tokenRotated() {
      // Also a start that comes later must not go on with the former one.
      setup.startAsked()
      if (pidOf(supervisor.state) !== null) supervisor.restart()
    },
    note: noteProblem,
  })
  const refuseLeaving = () => {
    if (isLeaving) throw new ProblemError(problem('HOST_LEAVING', { pid: identity.pid }))
  }
  const plainHandlers: HostHandlers = {
    ...keeping.handlers,
    'host.snapshot'() {
      // Whoever has just opened a page may have edited the configuration by hand.
      void settings.lookAtGatewayPort()
      return {
        host: { ...info, logPath: setup.logPath() },
        gateway: view,
        settings: settings.view,
        secrets: owned.view,
        backups: keeping.backups.view,
        jobs: keeping.jobs.view,
        metrics: sampler.history(),
        timeline: timeline.page(Number.MAX_SAFE_INTEGER, 100).entries,
      }
    },
    async 'host.link'() {
      refuseLeaving()
      return { url: await parts.freshLink() }
    },
    'gateway.start'() {
      refuseLeaving()
      start()
      return view
    },
    'gateway.stop'() {
      supervisor.stop()
      return view
    },
    'gateway.restart'() {
      refuseLeaving()
      restart()
      return view
    },
    'gateway.health': askOurs,
    'timeline.page': ({ before, limit }) => timeline.page(before, limit),
    'logs.read': (place) => logTurn(() => readLog(setup.logPath(), place)),
    'logs.earlier': (place) => logTurn(() => readEarlier(setup.logPath(), place)),
    'settings.change': (change) => settings.change(change),
    'settings.setGatewayPort': ({ port }) => settings.setGatewayPort(port),
  }

  return {
    handlers: maskHandlers(plainHandlers, masker),
    events,
    firstRun,
    stoppedSince: intent.gateway === 'stopped' ? intent.at : null,
    begin() {
      keeping.begin()
      if (intent.gateway === 'running') supervisor.start()
    },
    quit(killAfterMs) {
      isLeaving = true
      const gatewayEnded = supervisor.quit(killAfterMs)
      leaving ??= leave(gatewayEnded)
      return leaving
    },
  }

  async function leave(gatewayEnded: Promise<void>): Promise<void> {
    await gatewayEnded
    await keeping.close()
    await runs.settled()
    sampler.stop()
    logWatch.stop()
    keptConnection.destroy()
    note('hostStopped', { pid: identity.pid })
    await Promise.all([
      metricsFile.save(sampler.history()),
      timeline.close(),
      watchdog.dismiss(),
      settings.settled(),
    ])
    await record.remove()
  }
}
