import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Message, type MessageBus, NameFlag, sessionBus, Variant } from '@jellybrick/dbus-next'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchStatusNotifier } from '../../../../electron/tray/status-notifier-watcher.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { describeWith } from '../../../setup/requirements.ts'

const name = 'org.kde.StatusNotifierWatcher'

let folder: string
let busAddress: string
let daemon: ChildProcess
let heard: boolean[]
let watching: { stop(): void }
const buses: MessageBus[] = []

const listen = (address: string, answerLimitMs?: number) => {
  const limit = answerLimitMs === undefined ? {} : { answerLimitMs }
  watching = watchStatusNotifier({ busAddress: address, ...limit, changed: (is) => heard.push(is) })
}
const hear = (wanted: boolean[]) =>
  until(() => heard.length >= wanted.length, `${wanted}`).then(() => expect(heard).toEqual(wanted))
const silence = () => new Promise((done) => setTimeout(done, 150))

/** A panel's watcher, as far as others can ask it. */
async function panel(hasHost = true, flags = 0) {
  const bus = sessionBus({ busAddress })
  buses.push(bus)
  let has = hasHost
  bus.addMethodHandler((message) => {
    if (message.member !== 'Get' || message.body[1] !== 'IsStatusNotifierHostRegistered') return false
    bus.send(Message.newMethodReturn(message, 'v', [new Variant('b', has)]))
    return true
  })
  await bus.requestName(name, flags)
  return {
    bus,
    setHost(next: boolean) {
      has = next
      const signal = `StatusNotifierHost${next ? 'Registered' : 'Unregistered'}`
      bus.send(Message.newSignal('/StatusNotifierWatcher', name, signal))
    },
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moltbot-bus-'))
  heard = []
})
afterEach(() => {
  watching.stop()
  for (const bus of buses.splice(0)) bus.disconnect()
  daemon?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

describeWith(['dbus'], 'the watcher of the panel, on a real bus', () => {
  beforeEach(async () => {
    daemon = spawn(
      'dbus-daemon',
      ['--session', '--nofork', '--print-address', `--address=unix:path=${folder}/bus`],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    busAddress = await new Promise<string>((told) => {
      daemon.stdout?.once('data', (line) => told(String(line).trim()))
    })
  })

  it('tells that no panel shows icons, and when one appears and goes', async () => {
    listen(busAddress)
    await hear([false])
    const { bus } = await panel()
    await hear([false, true])
    bus.disconnect()
    await hear([false, true, false])
  })

  it('finds a panel that is there, and tells it once', async () => {
    await panel()
    listen(busAddress)
    await hear([true])
    await silence()
    expect(heard).toEqual([true])
  })

  it('tells of a panel that takes the place of another without a gap', async () => {
    await panel(true, NameFlag.ALLOW_REPLACEMENT)
    listen(busAddress)
    await hear([true])
    await panel(true, NameFlag.REPLACE_EXISTING)
    await hear([true, true])
  })

  it('takes a watcher that no panel listens to for none, until one does', async () => {
    const { setHost } = await panel(false)
    listen(busAddress)
    await hear([false])
    setHost(true)
    await hear([false, true])
    setHost(false)
    await hear([false, true, false])
  })

  it('takes a watcher without that property for one', async () => {
    const bus = sessionBus({ busAddress })
    buses.push(bus)
    await bus.requestName(name, 0)
    listen(busAddress)
    await hear([true])
  })

  it('survives the end of the bus', async () => {
    await panel()
    listen(busAddress)
    await hear([true])
    for (const bus of buses) (bus as NodeJS.EventEmitter).on('error', () => {})
    daemon.kill('SIGKILL')
    await hear([true, false])
  })

  it('is silent once it was stopped', async () => {
    listen(busAddress)
    await hear([false])
    watching.stop()
    await panel()
    await silence()
    expect(heard).toEqual([false])
  })
})

describe('the watcher of the panel, without a bus', () => {
  it.each([
    ['nothing listens', () => `unix:path=${folder}/none`],
    ['the address is none', () => 'nonsense'],
    ['the address is of an unknown kind', () => 'launchd:env=X'],
  ])('is told that none is visible where %s', async (_where, address) => {
    listen(address())
    await hear([false])
  })

  it('lets the application live, and end by itself', async () => {
    const module = new URL('../../../../electron/tray/status-notifier-watcher.ts', import.meta.url)
    const program = `import { watchStatusNotifier } from ${JSON.stringify(module.href)}
      watchStatusNotifier({ busAddress: 'unix:path=/nowhere/bus', changed: (is) => console.log(is) })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    daemon = child
    watching = { stop() {} }
    const said = await text(child.stdout)
    const code = child.exitCode ?? (await once(child, 'exit'))[0]
    expect([said, code]).toEqual(['false\n', 0])
  })

  it('gives up on one that never answers', async () => {
    const silent = createServer()
    await new Promise<void>((listening) => silent.listen(join(folder, 'bus'), listening))
    listen(`unix:path=${folder}/bus`, 100)
    await hear([false])
    silent.close()
  })
})
