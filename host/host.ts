import { randomBytes } from 'node:crypto'
import { defaultGatewayPort } from '../shared/endpoints.ts'
import { canRestart, childPidOf, pidOf } from '../shared/gateway-state.ts'
import type { GatewayView, HostHandlers, HostInfo } from '../shared/host-api.ts'
import { type Problem, ProblemError, problem } from '../shared/problem.ts'
import { version } from '../shared/version.ts'
import { recoverState } from './backup/recover-state.ts'
import type { GatewayCommand } from './child/launch-gateway.ts'
import { startWatchdog } from './child/watchdog.ts'
import type { Clock } from './clock.ts'
import type { FirstRunOutcome } from './config/first-run.ts'
import { resolveGatewayPort } from './config/gateway-port.ts'
import type { StatePaths } from './config/state-paths.ts'
import { withSecretNames } from './config/with-secrets.ts'
import { askHealth } from './gateway/ask-health.ts'
import { callKnownGateway } from './gateway/call-known-gateway.ts'
import { GatewayRuns } from './gateway/gateway-runs.ts'
import { GatewaySetup } from './gateway/gateway-setup.ts'
import { isPortMoved } from './gateway/is-port-moved.ts'
import { otherGateways } from './gateway/other-gateways.ts'
import { packageCall } from './gateway/package-call.ts'
import { ChildProbe } from './gateway/probe-child.ts'
import { refuseOthers } from './gateway/refuse-others.ts'
import { superviseState } from './gateway/supervise-state.ts'
import { watchObstacle } from './gateway/watch-obstacle.ts'
import { WatchedService } from './gateway/watched-service.ts'
import { openServiceManager } from './gateway-service/open-service-manager.ts'
import type { HostPaths } from './host-paths.ts'
import { openKeeping } from './keeping.ts'
import type { LoginItem } from './login-item/login-item.ts'
import { noLoginItem } from './login-item/no-login-item.ts'
import { inTurn } from './logs/in-turn.ts'
import { readEarlier, readLog } from './logs/read-log.ts'
import { watchLog } from './logs/watch-log.ts'
import { maskHandlers } from './masking/mask-handlers.ts'
import { createMasker } from './masking/masker.ts'
import { openMetricsFile } from './metrics/metrics-file.ts'
import { startSampler } from './metrics/sampler.ts'
import type { ProcessIdentity, ProcessTable } from './processes/process-table.ts'
import { intentSchema } from './records/intent.ts'
import { RecordFile } from './records/record-file.ts'
import { runRecordSchema } from './records/run-record.ts'
import { sweepOrphans } from './records/sweep-orphans.ts'
import { openSecrets } from './secrets/open-secrets.ts'
import type { SecretsOwner } from './secrets/secrets.ts'
import { SettingsOwner } from './settings/settings.ts'
import { packageFigures, type SupervisorFigures } from './supervisor/figures.ts'
import { createSupervisor, type SupervisorPorts } from './supervisor/supervisor.ts'
import { openTending } from './tending.ts'
import { Timeline } from './timeline/timeline.ts'
import { HostEvents } from './transports/host-events.ts'
import type { AppUpdater } from './updates/app-updater.ts'
import { GatewayPrograms } from './updates/gateway-programs.ts'
import { lastLinesSince } from './updates/last-lines-since.ts'
import { noAppUpdater } from './updates/no-app-updater.ts'
import type { UpdateFigures } from './updates/update-figures.ts'

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
  /** Given by a shell that can replace itself with a newer version. */
  readonly appUpdater?: AppUpdater
  /** See `UpdatesParts`. */
  readonly npmCliPath?: string
  readonly updateFigures?: UpdateFigures
  /** Given by a shell that a login can open. */
  readonly loginItem?: LoginItem
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
  const programs = await GatewayPrograms.open({
    hostPaths,
    nodePath: parts.nodePath,
    builtIn: parts.gatewayCommand,
  })
  const setup = new GatewaySetup({
    paths: statePaths,
    env,
    portFlag: parts.gatewayPortFlag,
    interrupted,
    recover,
    secrets: owned,
    isPackage: () => programs.command.kind === 'package',
  })
  const firstRun: FirstRunOutcome =
    parts.writesMissing === false ? { ok: true, written: [] } : await setup.writeMissing()

  const child = new ChildProbe({ table, nonce: runRecord.nonce, readToken: () => setup.token() })
  const watchdog = startWatchdog(runRecord.nonce)
  const runs = new GatewayRuns({
    command: () => programs.command,
    env,
    table,
    watchdog,
    record,
    host: runRecord,
    secrets: () => setup.values,
    packageCall: () => packageCall(statePaths, setup.said),
    launching: (kind) =>
      child.launching(kind, programs.active.kind === 'package' ? programs.active.version : null),
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

  let view: GatewayView = {
    revision: 0,
    state: {
      name: 'stopped',
      why: intent.gateway === 'stopped' ? 'requested' : 'notStarted',
      since: clock.now().wall,
    },
    port: firstCheck.ok ? firstCheck.port : portBesideConfiguration(parts.gatewayPortFlag, env),
    intent: intent.gateway,
    version: null,
    crashes: 0,
  }
  const change = (part: Partial<GatewayView>) => {
    view = { ...view, ...part, revision: view.revision + 1 }
    events.emit('gateway.changed', view)
  }

  const looks = {
    clock,
    paths: statePaths,
    isPortMoved: (port: number, pid: number | null) =>
      isPortMoved({ port, pid, table, configPath: statePaths.configPath }),
    findProblem: async () => {
      const now = await setup.check()
      return now.ok ? null : now.problem.code
    },
    secretsIndexPath: hostPaths.secretsIndexPath,
    areSecretsReady: () => owned.isReady(),
  }
  const watched = {
    clock,
    table,
    figures: parts.figures,
    met: (found: string | null) => child.met(found),
  }
  const manager = openServiceManager(env, process.platform)
  const service = new WatchedService({ ...watched, manager, port: () => view.port })
  const supervisor = createSupervisor(
    {
      clock,
      get figures() {
        return child.isPackage ? packageFigures(parts.figures) : parts.figures
      },
      random: Math.random,
      async checkConfig() {
        const checked = await setup.prepare()
        void settings.lookAtGatewayPort()
        return checked
      },
      others: otherGateways({
        ...watched,
        configPath: statePaths.configPath,
        askService: () => service.ask(),
        readToken: () => setup.token(),
      }),
      service,
      isWanted: () => intent.gateway === 'running',
      launch(runId, port, exited) {
        owned.startedWith(setup.values)
        return runs.launch(runId, port, exited)
      },
      probe: (port, pid, limitMs) => child.probe(port, pid, limitMs),
      watchObstacle: (found, everyMs, gone) => watchObstacle(looks, found, everyMs, gone),
      storeIntent(wanted) {
        if (intent.gateway === wanted) return
        intent = { gateway: wanted, at: clock.now().wall }
        keepIntent()
        change({ intent: wanted })
      },
      note: noteProblem,
      changed(state, port) {
        if (childPidOf(state.gateway) === null) child.ended()
        change({ state: state.gateway, port, version: child.version, crashes: state.crashes })
      },
    },
    view.port,
  )

  const metricsFile = openMetricsFile(hostPaths.metricsPath)
  const sampler = startSampler(
    {
      clock,
      table,
      pid: () => (supervisor.state.name === 'foreign' ? null : pidOf(supervisor.state)),
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
  const ours = () => ({
    state: supervisor.state,
    port: view.port,
    table: {
      findListener: (port: number) => table.findListener(port),
      holdsListener: (pid: number, port: number) => child.holds(pid, port),
    },
    readToken: () => setup.token(),
  })
  const askOurs = () => askHealth(ours())
  const start = () => {
    setup.startAsked()
    supervisor.start()
  }
  const restart = () => {
    setup.startAsked()
    supervisor.restart()
  }
  const gatewayPort = async () => {
    const now = await setup.check()
    return now.ok ? now.port : view.port
  }
  const checkConfig = async () => {
    // A backup may lack what a gateway needs and a first run would write.
    const written = await setup.writeMissing()
    if (!written.ok) return { code: written.code, params: written.params } as Problem
    const now = await setup.check()
    return now.ok ? null : now.problem
  }
  const gateway = superviseState({
    clock,
    supervisor,
    table,
    configPath: statePaths.configPath,
    port: gatewayPort,
    startAsked: () => setup.startAsked(),
    isWanted: () => intent.gateway === 'running',
    isLeaving: () => isLeaving,
    askHealth: askOurs,
  })
  const keeping = await openKeeping({
    clock,
    hostPaths,
    statePaths,
    secrets: owned,
    events,
    gateway,
    checkConfig,
    interrupted: (found) => setup.cutOff(found),
    tokenRotated() {
      // Also a start that comes later must not go on with the former one.
      setup.startAsked()
      const { state } = supervisor
      if (childPidOf(state) !== null || canRestart(state)) supervisor.restart()
    },
    note: noteProblem,
  })
  const tending = await openTending({
    ...parts,
    nonce: runRecord.nonce,
    knownValues: () => owned.knownValues,
    jobs: keeping.jobs,
    secrets: owned,
    backups: keeping.backups,
    gatewayView: () => view,
    askHealth: askOurs,
    gateway,
    gatewayPort,
    checkConfig,
    secretStore: () => owned.view.store.kind,
    programs,
    lastLines: (since) => lastLinesSince(timeline.page(Number.MAX_SAFE_INTEGER, 20).entries, since),
    appUpdater: parts.appUpdater ?? noAppUpdater('moltbot host'),
    loginItem:
      parts.loginItem ??
      noLoginItem(parts.shell === 'desktop' ? 'app' : 'host', 'no login could open this host'),
    events,
    note: noteProblem,
  })
  const refuseLeaving = () => {
    if (isLeaving) throw new ProblemError(problem('HOST_LEAVING', { pid: identity.pid }))
  }
  const plainHandlers: HostHandlers = {
    ...keeping.handlers,
    ...tending.handlers,
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
        updates: tending.updates.view,
        loginItem: tending.loginItem.view,
        service: tending.service.view,
        terminals: tending.terminals.view,
        checks: tending.checks.view,
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
      refuseOthers(supervisor.state, view.port)
      supervisor.stop()
      return view
    },
    'gateway.restart'() {
      refuseLeaving()
      refuseOthers(supervisor.state, view.port)
      restart()
      return view
    },
    'gateway.health': askOurs,
    'gateway.call': (order) => callKnownGateway(ours(), [order]),
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
      tending.begin()
      supervisor.open()
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
    await Promise.all([keeping.close(), tending.close()])
    supervisor.close()
    await Promise.all([runs.settled(), service.settled()])
    sampler.stop()
    logWatch.stop()
    child.close()
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

/** Where the configuration cannot be read: what names the port besides it still counts. */
function portBesideConfiguration(flag: string | undefined, env: NodeJS.ProcessEnv): number {
  const choice = resolveGatewayPort({ flag, env })
  return choice.ok ? choice.port : defaultGatewayPort
}
