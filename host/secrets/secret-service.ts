import { EventEmitter } from 'node:events'
import { Message, sessionBus } from '@jellybrick/dbus-next'
import type { ProbedState } from './keychain-message.ts'

const serviceName = 'org.freedesktop.secrets'
const serviceInterface = 'org.freedesktop.Secret.Service'
const servicePath = '/org/freedesktop/secrets'
const daemonName = 'org.freedesktop.DBus'

export interface ServiceState {
  readonly state: ProbedState
  /** What is missing or went wrong, to be shown as code; empty where it is ready or locked. */
  readonly detail: string
}

/**
 * How the Secret Service on the session bus is. It may be started for this, as by any other program that
 * asks, but nobody is prompted. Takes as long as the bus takes to answer.
 */
export async function probeSecretService(busAddress: string): Promise<ServiceState> {
  const bus = sessionBus({ busAddress })
  const emitter: EventEmitter = bus
  const lost = new Promise<never>((_, reject) => {
    emitter.on('error', (error) => reject(error))
    // The library tells of a connection closed by the bus only here.
    const connection: unknown = Reflect.get(bus, '_connection')
    if (connection instanceof EventEmitter) connection.once('end', () => reject(new Error('the bus is gone')))
  })
  lost.catch(() => {})
  const ask: Ask = async (to, path, on, member, signature, body) => {
    const question = { destination: to, path, interface: on, member, signature, body }
    return (await Promise.race([lost, bus.call(new Message(question))]))?.body[0]
  }
  try {
    return await look(ask)
  } catch (error) {
    return isNoBus(error)
      ? { state: 'absent', detail: busAddress }
      : { state: 'failed', detail: error instanceof Error ? error.message : String(error) }
  } finally {
    bus.disconnect()
  }
}

type Ask = (
  to: string,
  path: string,
  on: string,
  member: string,
  signature: string,
  body: unknown[],
) => Promise<unknown>

async function look(ask: Ask): Promise<ServiceState> {
  const isOwned = await ask(daemonName, '/', daemonName, 'NameHasOwner', 's', [serviceName])
  if (isOwned !== true) {
    const isStarted = await ask(daemonName, '/', daemonName, 'StartServiceByName', 'su', [
      serviceName,
      0,
    ]).then(
      () => true,
      () => false,
    )
    if (!isStarted) return { state: 'absent', detail: serviceName }
  }
  const path = await ask(serviceName, servicePath, serviceInterface, 'ReadAlias', 's', ['default'])
  // `/` says that there is none; without one nothing can be written.
  if (typeof path !== 'string' || path === '/') {
    return { state: 'absent', detail: `${serviceName} ${servicePath}/aliases/default` }
  }
  const properties = 'org.freedesktop.DBus.Properties'
  const property = ['org.freedesktop.Secret.Collection', 'Locked']
  const locked = await ask(serviceName, path, properties, 'Get', 'ss', property)
  return { state: isTrue(locked) ? 'locked' : 'ready', detail: '' }
}

function isTrue(variant: unknown): boolean {
  return typeof variant === 'object' && variant !== null && 'value' in variant && variant.value === true
}

function isNoBus(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EACCES'
}
