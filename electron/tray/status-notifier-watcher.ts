import { EventEmitter } from 'node:events'
import type { Message } from '@jellybrick/dbus-next'

const watcherName = 'org.kde.StatusNotifierWatcher'
const daemonName = 'org.freedesktop.DBus'
const rules = [
  `type='signal',sender='${daemonName}',interface='${daemonName}',member='NameOwnerChanged',arg0='${watcherName}'`,
  `type='signal',interface='${watcherName}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${watcherName}',member='StatusNotifierHostUnregistered'`,
]

/** A session bus answers within a few ms; one that does not is taken for none. */
const defaultAnswerLimitMs = 3_000

/**
 * Tells whether a tray icon can be seen on this Linux desktop: a StatusNotifier watcher is on the session
 * bus and some panel shows the icons. Without a session bus, or when it goes, the answer is no; it is not
 * tried again, because an application does not outlive its session bus.
 *
 * `changed` comes once at first, then with each change; with `true` again where a new watcher has taken
 * the old one's place, because that one knows nothing of the icons there were.
 */
export function watchStatusNotifier(parts: {
  changed(isVisible: boolean): void
  /** Default: where the environment of the desktop says. */
  busAddress?: string
  answerLimitMs?: number
}): { stop(): void } {
  const ended = new AbortController()
  let told: string | null | undefined
  const tell = (owner: string | null) => {
    clearTimeout(limit)
    if (ended.signal.aborted || owner === told) return
    told = owner
    parts.changed(owner !== null)
  }
  const lost = () => {
    tell(null)
    ended.abort()
  }
  const limit = setTimeout(lost, parts.answerLimitMs ?? defaultAnswerLimitMs)
  ended.signal.addEventListener('abort', () => clearTimeout(limit))
  observe(parts.busAddress, tell, lost, ended.signal).catch(lost)
  return { stop: () => ended.abort() }
}

async function observe(
  busAddress: string | undefined,
  tell: (owner: string | null) => void,
  lost: () => void,
  ended: AbortSignal,
): Promise<void> {
  // At first use: the tray stands before this library has been read.
  const { Message, sessionBus } = await import('@jellybrick/dbus-next')
  if (ended.aborted) return
  const bus = sessionBus(busAddress === undefined ? {} : { busAddress })
  // Stays after the end: an `error` without a listener would end the process.
  const emitter: EventEmitter = bus
  emitter.on('error', lost)
  // The library tells of a connection closed by the bus only here.
  const connection: unknown = Reflect.get(bus, '_connection')
  if (connection instanceof EventEmitter) connection.once('end', lost)
  ended.addEventListener('abort', () => bus.disconnect())

  const ask: Ask = async (to, path, on, member, signature, body) => {
    const question = { destination: to, path, interface: on, member, signature, body }
    return (await bus.call(new Message(question)))?.body[0]
  }
  let looks = 0
  const look = async () => {
    const mine = ++looks
    const owner = await ownerWithHost(ask)
    if (mine === looks) tell(owner)
  }
  bus.on('message', (message) => {
    if (isNews(message)) look().catch(lost)
  })
  // Subscribed before the first look, so that nothing falls between the two.
  for (const rule of rules) await ask(daemonName, '/', daemonName, 'AddMatch', 's', [rule])
  await look()
}

type Ask = (
  to: string,
  path: string,
  on: string,
  member: string,
  signature: string,
  body: unknown[],
) => Promise<unknown>

/** The connection that owns the watcher's name, where a panel shows its icons; else null. */
async function ownerWithHost(ask: Ask): Promise<string | null> {
  const isOwned = await ask(daemonName, '/', daemonName, 'NameHasOwner', 's', [watcherName])
  if (isOwned !== true) return null
  try {
    const owner = await ask(daemonName, '/', daemonName, 'GetNameOwner', 's', [watcherName])
    const path = '/StatusNotifierWatcher'
    const properties = 'org.freedesktop.DBus.Properties'
    const property = [watcherName, 'IsStatusNotifierHostRegistered']
    // A watcher without this property is old; there, its presence has to suffice.
    const answer = await ask(watcherName, path, properties, 'Get', 'ss', property).catch(() => null)
    return isFalse(answer) ? null : String(owner)
  } catch {
    return null // it went between the two questions, and a signal about that is on its way
  }
}

function isFalse(variant: unknown): boolean {
  return typeof variant === 'object' && variant !== null && 'value' in variant && variant.value === false
}

function isNews({ interface: on, member, body }: Message): boolean {
  if (on === daemonName) return member === 'NameOwnerChanged' && body[0] === watcherName
  return on === watcherName && member.startsWith('StatusNotifierHost')
}
