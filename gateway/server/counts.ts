import { createDurations, type Durations } from './metrics/durations.ts'

/**
 * What the server counts while it works; plain numbers, so that counting costs nothing. `/metrics` and the
 * protocol's `status` read them.
 */
export interface Counts {
  /** An HTTP request was answered. `route`: `/health`, `/metrics`, or `other`. */
  httpAnswered(route: string, status: number): void
  /** A WebSocket client has proven itself, or a proven one has left. */
  clientConnected(): void
  clientLeft(): void
  /** A connection or `connect` was refused; `reason` is one of a fixed, short list. */
  refused(reason: string): void
  frameReceived(bytes: number): void
  frameSent(bytes: number): void
  requestBegun(): void
  /** Once for each that has begun. `method` is the name of one that exists, else `unknown`. */
  requestAnswered(method: string, ok: boolean, seconds: number): void
  restarted(): void
}

/** What was counted since the process began. */
export interface CountsRecord extends Counts {
  clients(): number
  readonly connections: { readonly connected: number; readonly left: number }
  readonly refusals: ReadonlyMap<string, number>
  /** Frames and their bytes, each way. */
  readonly frames: { readonly in: Traffic; readonly out: Traffic }
  /** By route and status, as `/health 200`. */
  readonly http: ReadonlyMap<
    string,
    { readonly route: string; readonly status: number; readonly count: number }
  >
  readonly methods: ReadonlyMap<string, MethodCount>
  underWay(): number
  restarts(): number
}

export interface Traffic {
  readonly count: number
  readonly bytes: number
}

export interface MethodCount {
  readonly ok: number
  readonly failed: number
  readonly durations: Durations
}

/** Callers use fixed names; nothing else may make the record grow for ever. */
const maxNames = 100

export function createCounts(): CountsRecord {
  const connections = { connected: 0, left: 0 }
  const refusals = new Map<string, number>()
  const frames = { in: { count: 0, bytes: 0 }, out: { count: 0, bytes: 0 } }
  const http = new Map<string, { route: string; status: number; count: number }>()
  const methods = new Map<string, MutableMethodCount>()
  let underWay = 0
  let restarts = 0

  function nameIn(map: ReadonlyMap<string, unknown>, name: string): string {
    return map.has(name) || map.size < maxNames ? name : 'other'
  }

  return {
    connections,
    refusals,
    frames,
    http,
    methods,
    clients: () => connections.connected - connections.left,
    underWay: () => underWay,
    restarts: () => restarts,
    httpAnswered(route, status) {
      const name = `${route} ${status}`
      const found = http.get(name)
      if (found) found.count += 1
      else if (http.size < maxNames) http.set(name, { route, status, count: 1 })
    },
    clientConnected() {
      connections.connected += 1
    },
    clientLeft() {
      connections.left += 1
    },
    refused(reason) {
      const name = nameIn(refusals, reason)
      refusals.set(name, (refusals.get(name) ?? 0) + 1)
    },
    frameReceived(bytes) {
      frames.in.count += 1
      frames.in.bytes += bytes
    },
    frameSent(bytes) {
      frames.out.count += 1
      frames.out.bytes += bytes
    },
    requestBegun() {
      underWay += 1
    },
    requestAnswered(method, ok, seconds) {
      underWay = Math.max(0, underWay - 1)
      const name = nameIn(methods, method)
      const found = methods.get(name) ?? { ok: 0, failed: 0, durations: createDurations() }
      found[ok ? 'ok' : 'failed'] += 1
      found.durations.observe(seconds)
      methods.set(name, found)
    },
    restarted() {
      restarts += 1
    },
  }
}

interface MutableMethodCount {
  ok: number
  failed: number
  readonly durations: ReturnType<typeof createDurations>
}
