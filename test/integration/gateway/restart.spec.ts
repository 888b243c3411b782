import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { requestHealth } from '../../../host/gateway-client/request-health.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()

async function start(config: object, args: readonly string[] = []) {
  const made = home(JSON.stringify(config))
  const gateway = run(['gateway', ...args], made.env)
  await gateway.untilOutput('The gateway is ready')
  const write = (next: object) => {
    writeFileSync(`${made.configPath}.new`, JSON.stringify(next))
    renameSync(`${made.configPath}.new`, made.configPath)
  }
  return {
    ...made,
    gateway,
    write,
    untilLog: (text: string) => until(() => made.readLog().includes(text), text),
  }
}

async function proven(port: number, secret = token) {
  const client = await openSocket(port)
  return { ...client, hello: await client.request('connect', connectParams(secret)) }
}

/** Addresses in /proc/net/tcp on which this port is listened on. */
function listening(port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, at, , state]) => at?.endsWith(`:${hex}`) && state === '0A')
    .map(([, at = '']) => at.slice(0, 8))
    .sort()
}

describe('a change of the configuration that needs a restart', () => {
  it('stale-token-after-rotation: clients are told and closed, the old token is refused, the new one lets in', async () => {
    const port = await freePort()
    const other = `${token}-other`
    const { gateway, write, untilLog, readLog } = await start({ gateway: { port, auth: { token } } })
    const client = await proven(port)
    const health: string[] = []
    const asking = setInterval(() => {
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ status }) => health.push(String(status)),
        (error: Error) => health.push(String(error.cause)),
      )
    }, 20)
    write({ gateway: { port, auth: { token: other } } })
    expect(await client.closed).toEqual({ code: 1012, reason: 'service restart' })
    expect(client.frames.at(-1)).toMatchObject({
      event: 'shutdown',
      payload: { reason: 'service restart', restartExpectedMs: expect.any(Number) },
    })
    await untilLog('The gateway restarts')
    expect(await requestHealth({ port, token, timeoutMs: 2_000 })).toMatchObject({
      code: 'GATEWAY_REFUSED_TOKEN',
    })
    expect(await requestHealth({ port, token: other, timeoutMs: 2_000 })).toMatchObject({ ok: true })
    clearInterval(asking)
    // There was no moment in which it did not answer, and it is the same process with the same lock.
    expect(health.length).toBeGreaterThan(3)
    expect(new Set(health)).toEqual(new Set(['200']))
    expect(gateway.child.exitCode).toBeNull()
    expect(readLog()).not.toContain(token)
  })

  it('moves to another port and address, and the former ones are free', async () => {
    const [port, next] = [await freePort(), await freePort()]
    const { write, untilLog, gateway } = await start({ gateway: { port } })
    expect(listening(port)).toEqual(['0100007F'])
    write({ gateway: { port: next, bind: 'custom', customBindHost: '127.0.0.2' } })
    await untilLog('The gateway restarts')
    await until(() => listening(port).length === 0, 'the former port to be free')
    expect(listening(next)).toEqual(['0100007F', '0200007F'])
    const asked = await fetch(`http://127.0.0.2:${next}/health`)
    expect([asked.status, (await fetch(`http://127.0.0.1:${next}/health`)).status]).toEqual([200, 200])
    expect(await requestHealth({ port: next, token, timeoutMs: 2_000 })).toMatchObject({ ok: true })
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
    expect(listening(next)).toEqual([])
  })

  it('that cannot be served is said, and what was served stays, clients and all', async () => {
    const port = await freePort()
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
    const address = squatter.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const { write, untilLog, gateway } = await start({ gateway: { port } })
    const client = await proven(port)
    write({ gateway: { port: taken } })
    await untilLog('cannot be served')
    write({ gateway: { port, bind: 'custom', customBindHost: '203.0.113.1' } })
    await untilLog('BIND_UNAVAILABLE')
    write({ gateway: { port, auth: { token: 'short' }, bind: 'lan' } })
    await untilLog('BIND_NEEDS_SECRET')
    expect(await client.request('health')).toMatchObject({ ok: true })
    expect(listening(port)).toEqual(['0100007F'])
    await new Promise((resolve) => squatter.close(resolve))
    gateway.child.kill('SIGTERM')
    expect(await gateway.exit).toBe(0)
  })

  it('leaves what was typed: the port of the flag stays, as under a host', async () => {
    const port = await freePort()
    const other = `${token}-other`
    const { write, untilLog } = await start({ gateway: {} }, ['--port', String(port)])
    write({ gateway: { port: await freePort(), auth: { token: other } } })
    await untilLog('The gateway restarts')
    expect(await requestHealth({ port, token: other, timeoutMs: 2_000 })).toMatchObject({ ok: true })
  })
})

describe('a signal', () => {
  it('in the middle of a restart ends it within four seconds, with a client that does not answer', async () => {
    const [port, next] = [await freePort(), await freePort()]
    const { write, untilLog, gateway } = await start({ gateway: { port } })
    const deaf = await proven(port)
    deaf.socket.pause()
    write({ gateway: { port: next } })
    await untilLog('The gateway restarts')
    const late = await proven(next)
    const beganAt = performance.now()
    gateway.child.kill('SIGTERM')
    expect(await late.closed).toMatchObject({ code: 1012 })
    expect(await gateway.exit).toBe(0)
    expect(performance.now() - beganAt).toBeLessThan(4_000)
    deaf.socket.terminate()
  })

  it('SIGUSR1 restarts it where the configuration allows that, and opens no inspector where it does not', async () => {
    const port = await freePort()
    const { write, untilLog, gateway, readLog } = await start({ gateway: { port } })
    const client = await proven(port)
    await delay(300) // the files are followed by now
    gateway.child.kill('SIGUSR1')
    await untilLog('SIGUSR1 is ignored')
    expect(gateway.output().stderr).not.toContain('Debugger listening')
    write({ gateway: { port }, commands: { restart: true } })
    await client.until(({ event }) => event === 'health') // a change that came into force without a restart
    gateway.child.kill('SIGUSR1')
    expect((await client.closed).code).toBe(1012)
    expect(await requestHealth({ port, token, timeoutMs: 2_000 })).toMatchObject({ ok: true })
    expect(readLog().match(/The gateway restarts/g)).toHaveLength(1)
  })
})
