import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { launchGateway } from '../../../../host/child/launch-gateway.ts'
import type { GatewayExit } from '../../../../host/supervisor/state.ts'
import { digestOf } from '../../../fixtures/tree-digest.ts'
import { describeWith } from '../../../setup/requirements.ts'

const program = join(resolve(import.meta.dirname, '../../../fixtures'), 'print-secrets.ts')

function launched(secrets: Record<string, string>): Promise<GatewayExit> {
  return new Promise((done) => {
    launchGateway({
      command: { file: process.execPath, args: [program] },
      port: 1,
      env: { PATH: process.env.PATH, MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN },
      secrets,
      exited: done,
    })
  })
}

describeWith(['procfs'], 'secrets handed to a gateway', () => {
  it('arrive whole, whatever is in them, and the kernel shows them nowhere', async () => {
    const secrets = { TOKEN: 'canary-1234567890', PEM: 'line one\nline two 😀\n', LONG: 'x'.repeat(200_000) }
    const { lastLines } = await launched(secrets)
    const digests = Object.entries(secrets).map(([name, value]) => [name, digestOf(Buffer.from(value))])
    expect(JSON.parse(lastLines.join(''))).toEqual({
      digests: Object.fromEntries(digests),
      shown: 0,
      isOpen: false,
      named: null,
    })
  })

  it('that it does not read keep nobody waiting', async () => {
    const exit = await new Promise<GatewayExit>((done) => {
      launchGateway({
        command: { file: '/bin/true', args: [] },
        port: 1,
        env: {},
        secrets: { LONG: 'x'.repeat(4_000_000) },
        exited: done,
      })
    })
    expect(exit.code).toBe(0)
  })

  it('are none for who only sets the variable, and no descriptor of its own is closed', async () => {
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env.PATH, MOLTBOT_SECRETS_FD: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    await new Promise((done) => child.once('close', done))
    expect(JSON.parse(output)).toMatchObject({ digests: null })
  })
})
