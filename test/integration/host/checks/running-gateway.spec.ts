import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { listeningAddresses } from '../../../../host/processes/linux-sockets.ts'
import type { GatewayView } from '../../../../shared/host-api.ts'
import { type CheckHome, healthyHomes, troubleIn } from '../../../fixtures/check-home.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { freePort, programs } from '../../gateway/gateway-process.ts'

const home = healthyHomes()
const run = programs()
const opened: Server[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

interface Manners {
  readonly host: string
  accepts(auth: { token?: string } | undefined): boolean
  refusesOrigin: boolean
}

/** Speaks as a gateway does, with the manners of the spec, in this very process. */
async function pose(at: CheckHome, manners: Manners): Promise<void> {
  const server = createServer((_request, response) => response.end('{"ok":true}'))
  opened.push(server)
  const sockets = new WebSocketServer({
    server,
    verifyClient: ({ origin }: { origin?: string }) => !(origin && manners.refusesOrigin),
  })
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n' } }))
    socket.on('message', (data) => {
      const { id, params } = JSON.parse(String(data))
      socket.send(JSON.stringify({ type: 'res', id, ok: manners.accepts(params.auth) }))
    })
  })
  await new Promise<void>((done) => server.listen(at.port, manners.host, done))
  const view: GatewayView = {
    revision: 1,
    state: { name: 'running', runId: 'a', pid: process.pid, since: 1 },
    port: at.port,
    intent: 'running',
    version: null,
    crashes: 0,
  }
  at.known = { gateway: () => view }
}

const deep = { kind: 'audit', deep: true } as const

describeWith(['procfs'], 'the running gateway', () => {
  it('of this program lets nobody in who has no business there', async () => {
    const at = home(await freePort())
    const gateway = run(['gateway'], at.env as Record<string, string>)
    await gateway.untilOutput('The gateway is ready')
    const report = await at.look(deep)
    expect(troubleIn(report)).toEqual([])
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'runningGateway', level: 'ok' }))
    expect(gateway.child.exitCode).toBeNull()
  })

  it('that lets in whoever comes is told, with where it listens', async () => {
    const at = home(await freePort())
    await pose(at, { host: '0.0.0.0', accepts: () => true, refusesOrigin: false })
    expect(troubleIn(await at.look(deep))).toMatchObject([
      { code: 'listensWide', level: 'critical', facts: { port: at.port, address: '0.0.0.0' } },
      { code: 'acceptsNoToken', level: 'critical' },
      { code: 'acceptsWrongToken', level: 'critical' },
      { code: 'acceptsForeignOrigin', level: 'warn' },
      { code: 'acceptsForeignHost', level: 'warn' },
    ])
  })

  it('that takes any token is told apart from one that asks for none', async () => {
    const at = home(await freePort())
    await pose(at, { host: '127.0.0.1', accepts: (auth) => Boolean(auth?.token), refusesOrigin: true })
    const codes = troubleIn(await at.look(deep)).map(({ code }) => code)
    expect(codes).toEqual(['acceptsWrongToken', 'acceptsForeignHost'])
  })

  it('is not asked where somebody else has its port', async () => {
    const at = home(await freePort())
    await pose(at, { host: '127.0.0.1', accepts: () => true, refusesOrigin: false })
    at.known = {}
    const { findings } = await at.look(deep)
    expect(findings).toContainEqual(expect.objectContaining({ code: 'gatewayNotAsked', level: 'info' }))
    expect(findings.map(({ code }) => code)).not.toContain('acceptsNoToken')
  })
})

describeWith(['procfs'], 'addresses that are listened on', () => {
  it.each([['127.0.0.1'], ['0.0.0.0'], ['127.0.0.9'], ['::1'], ['::']])('%s', async (host) => {
    const server = createServer()
    const port = await new Promise<number>((done, failed) => {
      server.once('error', failed)
      server.listen(0, host, () => {
        const address = server.address()
        done(typeof address === 'object' && address ? address.port : 0)
      })
    })
    opened.push(server)
    expect(await listeningAddresses(port)).toEqual([host])
  })
})

describe('a port that nobody has', () => {
  it('is listened on nowhere', async () => {
    expect(await listeningAddresses(await freePort())).toEqual([])
  })
})
