import { createConnection, type Socket } from 'node:net'
import {
  type CallResult,
  type EventPayload,
  type HostCall,
  type HostEvent,
  hostCalls,
  hostEvents,
} from '../../shared/host-api.ts'
import type { CallOutcome, HostClient } from '../../shared/host-client.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { type HostFrame, hostFrameSchema } from '../../shared/wire.ts'
import { readHolder } from '../lock/host-lock.ts'
import { readLines } from './lines.ts'

/** The client's side of the control socket. `closed` resolves when the host has gone. */
export interface HostConnection extends HostClient {
  close(): void
  isClosed(): boolean
  readonly closed: Promise<void>
}

/** A host answers within a few ms. */
export const connectLimitMs = 2_000

/** A snapshot with a full hour and timeline is far below this. */
const maxAnswerChars = 32 * 1024 * 1024

/** Connects to this user's host, wherever its lock says that it listens; null where none answers. */
export async function connectToHost(paths: { readonly lockPath: string }): Promise<HostConnection | null> {
  const holder = await readHolder(paths.lockPath)
  if (!holder) return null
  const met = await connectToSocket(holder.socketPath, connectLimitMs)
  return typeof met === 'string' ? null : met
}

/** `absent` where nothing listens at `path`; `silent` where it accepts, but says nothing within the limit. */
export async function connectToSocket(
  path: string,
  limitMs: number,
): Promise<HostConnection | 'absent' | 'silent'> {
  const socket = await open(path)
  if (!socket) return 'absent'
  const connection = speak(socket)
  // A hung host's kernel still accepts: only an answer shows that somebody is there. Any answer does, also
  // one in the form of another version.
  const answer = await Promise.race([
    connection.call('host.snapshot'),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs).unref()),
  ])
  if (answer && (answer.ok || answer.code !== 'CONNECTION_LOST')) return connection
  connection.close()
  return answer ? 'absent' : 'silent'
}

function open(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

function speak(socket: Socket): HostConnection {
  const waiting = new Map<
    number,
    (answer: { ok: true; value: unknown } | ({ ok: false } & Problem)) => void
  >()
  const listeners = new Map<HostEvent, Set<(payload: never) => void>>()
  let nextId = 1
  let isSubscribed = false
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const answer of waiting.values()) answer({ ok: false, ...problem('CONNECTION_LOST', {}) })
      waiting.clear()
      resolve()
    })
  })
  socket.on('error', () => {}) // `close` follows
  readLines(socket, maxAnswerChars, { line: receive, tooLong: () => socket.destroy() })

  function receive(text: string): void {
    const frame = parseFrame(text)
    if (!frame) return void socket.destroy()
    if ('event' in frame) {
      const event = frame.event as HostEvent // an event of a newer host has no listener here
      const payload = hostEvents[event]?.safeParse(frame.payload)
      if (payload?.success) for (const listener of listeners.get(event) ?? []) listener(payload.data as never)
      return
    }
    const answer = waiting.get(frame.id)
    waiting.delete(frame.id)
    if (frame.ok) answer?.({ ok: true, value: frame.value })
    else answer?.({ ok: false, code: frame.code, params: frame.params } as { ok: false } & Problem)
  }

  return {
    call<C extends HostCall>(call: C, ...args: unknown[]): Promise<CallOutcome<C>> {
      if (socket.destroyed) return Promise.resolve({ ok: false, ...problem('CONNECTION_LOST', {}) })
      const id = nextId++
      return new Promise((resolve) => {
        waiting.set(id, (answer) => {
          if (!answer.ok) return resolve(answer)
          const value = hostCalls[call].result.safeParse(answer.value)
          if (value.success) resolve({ ok: true, value: value.data as CallResult<C> })
          else
            resolve({
              ok: false,
              ...problem('INTERNAL', { detail: `the host's answer to ${call} is not of its form` }),
            })
        })
        socket.write(`${JSON.stringify({ id, call, args })}\n`)
      })
    },
    on<E extends HostEvent>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known.add(listener))
      if (!isSubscribed) socket.write(`${JSON.stringify({ subscribe: true })}\n`)
      isSubscribed = true
      return () => known.delete(listener)
    },
    close: () => socket.destroy(),
    isClosed: () => socket.destroyed,
    closed,
  }
}

function parseFrame(text: string): HostFrame | null {
  try {
    return hostFrameSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
