import { z } from 'zod'
import type { CallArgs, EventPayload, HostCall, HostEvent } from '../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import { problem } from '../../shared/problem.ts'
import { closeSessionRequired, hostFrameSchema } from '../../shared/wire.ts'
import type { BrowserSession } from './browser-session.ts'
import type { Connection, HostLink } from './connection.ts'
import { EventListeners } from './event-listeners.ts'
import { PendingCalls } from './pending-calls.ts'
import { explain, readEvent } from './read-frame.ts'
import { reconnectDelayMs } from './reconnect-delay.ts'

/** The host samples each 5 s, so this long a silence is asked about … */
const silenceMs = 15_000
/** … and this long without an answer means that nobody is there: a frozen host keeps its socket open. */
const answerLimitMs = 5_000

const readySchema = z.object({ ready: z.literal(true) })

export interface ClientPorts {
  readonly session: BrowserSession
  openSocket(): WebSocket
  now(): number
  random(): number
}

/** The contract over a WebSocket, from a page that may outlive its host. */
export class BrowserClient implements HostLink, HostClient {
  readonly client: HostClient = this
  readonly #ports: ClientPorts
  readonly #pending = new PendingCalls()
  readonly #listeners = new EventListeners()
  readonly #connectionListeners: ((connection: Connection) => void)[] = []
  #connection: Connection = { name: 'connecting' }
  #socket: WebSocket | null = null
  #attempt = 0
  #lastHeardAt: number
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #silenceTimer: ReturnType<typeof setTimeout> | undefined

  constructor(ports: ClientPorts) {
    this.#ports = ports
    this.#lastHeardAt = ports.now()
  }

  onConnection(listener: (connection: Connection) => void): void {
    this.#connectionListeners.push(listener)
  }

  /** Also for a page whose address got a fresh code: it begins anew. */
  open(): void {
    this.#attempt = 0
    this.#become({ name: 'connecting' })
    void this.#connect()
  }

  retryNow(): void {
    if (this.#connection.name !== 'lost') return
    this.#attempt = 0
    void this.#connect()
  }

  call<C extends HostCall>(call: C, ...args: CallArgs<C>): Promise<CallOutcome<C>> {
    const socket = this.#socket
    if (this.#connection.name !== 'connected' || !socket) {
      return Promise.resolve({ ok: false, ...problem('CONNECTION_LOST', {}) })
    }
    return this.#pending.add(call, (id) => socket.send(JSON.stringify({ id, call, args })))
  }

  on<E extends HostEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    return this.#listeners.add(event, listener)
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retryTimer)
    this.#drop()
    const session = await this.#ports.session.key()
    if (session.name === 'unreachable') return this.#lost()
    if (session.name === 'refused') {
      return this.#become({ name: 'sessionRequired', problem: session.problem })
    }
    // Another attempt may have begun while the key was fetched; the newer socket replaces this one.
    this.#drop()
    const socket = this.#ports.openSocket()
    this.#socket = socket
    const ifCurrent =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        if (this.#socket === socket) act(...args)
      }
    socket.addEventListener(
      'open',
      ifCurrent(() => socket.send(JSON.stringify({ auth: session.key }))),
    )
    socket.addEventListener(
      'message',
      ifCurrent((message: MessageEvent) => this.#received(message.data)),
    )
    socket.addEventListener(
      'close',
      ifCurrent((event: CloseEvent) => this.#closed(event.code)),
    )
    this.#watchSilence()
  }

  #received(data: unknown): void {
    this.#lastHeardAt = this.#ports.now()
    this.#watchSilence()
    const json = parseJson(data)
    if (this.#connection.name !== 'connected') {
      if (readySchema.safeParse(json).success) this.#ready()
      return
    }
    const frame = hostFrameSchema.safeParse(json)
    if (!frame.success) return this.#unreadable('frame', explain(frame.error))
    if ('id' in frame.data) return this.#pending.settle(frame.data)
    const event = readEvent(frame.data.event, frame.data.payload)
    // A newer host may have events this page does not know of.
    if (event.name === 'unknown') return
    if (event.name === 'unreadable') return this.#unreadable(frame.data.event, event.detail)
    this.#listeners.tell(event.event, event.payload)
  }

  #ready(): void {
    this.#attempt = 0
    this.#socket?.send(JSON.stringify({ subscribe: true }))
    this.#become({ name: 'connected' })
    this.#watchSilence()
  }

  #closed(code: number): void {
    if (code !== closeSessionRequired) return this.#lost()
    this.#drop()
    this.#ports.session.forget()
    this.#become({ name: 'sessionRequired', problem: problem('SESSION_REQUIRED', {}) })
  }

  #lost(): void {
    this.#drop()
    this.#attempt += 1
    this.#retryTimer = setTimeout(
      () => void this.#connect(),
      reconnectDelayMs(this.#attempt, this.#ports.random()),
    )
    if (this.#connection.name !== 'lost') this.#become({ name: 'lost', since: this.#lastHeardAt })
  }

  #unreadable(subject: string, detail: string): void {
    this.#drop()
    this.#become({ name: 'unreadable', problem: problem('ANSWER_UNREADABLE', { call: subject, detail }) })
  }

  #drop(): void {
    clearTimeout(this.#silenceTimer)
    const socket = this.#socket
    this.#socket = null
    socket?.close()
    this.#pending.failAll()
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer)
    const isConnected = this.#connection.name === 'connected'
    this.#silenceTimer = setTimeout(
      () => {
        if (!isConnected) return this.#lost()
        void this.call('timeline.page', { before: 0, limit: 1 })
        this.#silenceTimer = setTimeout(() => this.#lost(), answerLimitMs)
      },
      isConnected ? silenceMs : answerLimitMs,
    )
  }

  #become(connection: Connection): void {
    this.#connection = connection
    for (const listener of this.#connectionListeners) listener(connection)
  }
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    // Judged by the schema, like any other text that is no frame.
    return undefined
  }
}
