import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { CountsRecord } from '../counts.ts'
import type { HealthFacts } from '../health-facts.ts'
import type { HttpAnswer } from '../http-routes.ts'
import type { Vitals } from '../vitals.ts'
import { CountedHistogram } from './counted-histogram.ts'
import { measureEventLoopLag } from './event-loop-lag.ts'

export interface MetricsSources {
  readonly vitals: Vitals
  readonly counts: CountsRecord
  readonly facts: HealthFacts
}

export interface Metrics {
  /** In Prometheus' text form. */
  answer(): Promise<HttpAnswer>
}

/** One value with the labels it is shown under. */
type Sample = readonly [labels: Readonly<Record<string, string | number>>, value: number]

/** Each name is read from its source at the scrape: nothing is kept up to date for nobody. */
export function openMetrics({ vitals, counts, facts }: MetricsSources): Metrics {
  const registry = new Registry()
  const lag = measureEventLoopLag(monitorEventLoopDelay)

  function gauge(name: string, help: string, read: () => readonly Sample[], labelNames: string[] = []): void {
    const metric = new Gauge({ name, help, labelNames, registers: [registry], collect })
    function collect(): void {
      metric.reset()
      for (const [labels, value] of read()) metric.set({ ...labels }, value)
    }
  }

  function counter(
    name: string,
    help: string,
    read: () => readonly Sample[],
    labelNames: string[] = [],
  ): void {
    const metric = new Counter({ name, help, labelNames, registers: [registry], collect })
    function collect(): void {
      metric.reset()
      for (const [labels, value] of read()) metric.inc({ ...labels }, value)
    }
  }

  gauge(
    'moltbot_build_info',
    'Always 1; the version is the label.',
    () => [[{ version: vitals.version }, 1]],
    ['version'],
  )
  gauge('moltbot_uptime_seconds', 'Since the gateway process began.', () => [[{}, vitals.uptimeMs() / 1000]])
  gauge('moltbot_ready', '1 while the gateway takes work: it holds its lock and is not closing.', () => [
    [{}, vitals.closingBecause() === null && facts.holdsLock() ? 1 : 0],
  ])
  gauge('moltbot_connections', 'WebSocket clients that have proven themselves and are connected.', () => [
    [{}, counts.clients()],
  ])
  counter(
    'moltbot_connections_total',
    'WebSocket clients by result: connected, or the reason of the refusal.',
    () => [
      [{ result: 'connected' }, counts.connections.connected],
      ...[...counts.refusals].map(([result, count]): Sample => [{ result }, count]),
    ],
    ['result'],
  )
  counter(
    'moltbot_ws_messages_total',
    'WebSocket messages of clients.',
    () => [
      [{ direction: 'in' }, counts.frames.in.count],
      [{ direction: 'out' }, counts.frames.out.count],
    ],
    ['direction'],
  )
  counter(
    'moltbot_ws_message_bytes_total',
    'Bytes of the WebSocket messages of clients.',
    () => [
      [{ direction: 'in' }, counts.frames.in.bytes],
      [{ direction: 'out' }, counts.frames.out.bytes],
    ],
    ['direction'],
  )
  counter(
    'moltbot_rpc_requests_total',
    'Requests of clients that were answered, by method.',
    () =>
      [...counts.methods].flatMap(([method, { ok, failed }]): Sample[] => [
        [{ method, result: 'ok' }, ok],
        [{ method, result: 'error' }, failed],
      ]),
    ['method', 'result'],
  )
  registry.registerMetric(
    new CountedHistogram({
      name: 'moltbot_rpc_duration_seconds',
      help: 'From a request of a client to its answer, by method.',
      label: 'method',
      read: () => [...counts.methods].map(([method, { durations }]) => [method, durations] as const),
    }),
  )
  gauge('moltbot_requests_under_way', 'Requests of clients that are not answered yet.', () => [
    [{}, counts.underWay()],
  ])
  counter(
    'moltbot_http_requests_total',
    'HTTP requests that were answered, by route and status.',
    () => [...counts.http.values()].map(({ route, status, count }): Sample => [{ route, status }, count]),
    ['route', 'status'],
  )
  gauge(
    'moltbot_event_loop_lag_seconds',
    'How late the event loop was in the last minute or so; measured from the first scrape on.',
    () => Object.entries(lag.read() ?? {}).map(([stat, ms]): Sample => [{ stat }, ms / 1000]),
    ['stat'],
  )
  counter('moltbot_restarts_total', 'Restarts of the server within this process.', () => [
    [{}, counts.restarts()],
  ])
  counter(
    'moltbot_log_lines_total',
    'Lines for the log file, by level.',
    () => Object.entries(facts.logState().lines).map(([level, lines]): Sample => [{ level }, lines]),
    ['level'],
  )
  counter('moltbot_log_lines_lost_total', 'Lines that could not be written to the log file.', () => [
    [{}, facts.logState().linesLost],
  ])
  gauge(
    'moltbot_config_valid',
    '0 while the configuration files have a fault and an earlier state of them is in force.',
    () => [[{}, facts.configProblems().length === 0 ? 1 : 0]],
  )
  const all = Registry.merge([registry, processMetrics()])
  return {
    answer: async () => ({ status: 200, type: registry.contentType, body: await all.metrics() }),
  }
}

/** The lag there has the pause between two looks in it; the others are gauges whose names say counter. */
const misleading = ['nodejs_eventloop_lag', 'nodejs_active_']

let ofProcess: Registry | null = null

/** What prom-client knows of the process, which has one of each whatever becomes of its server. */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess, eventLoopMonitoringPrecision: 60_000 })
  for (const { name } of ofProcess.getMetricsAsArray()) {
    if (misleading.some((start) => name.startsWith(start))) ofProcess.removeSingleMetric(name)
  }
  return ofProcess
}
