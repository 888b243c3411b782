import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from './finding.ts'
import { packagePlaces } from './package-places.ts'
import type { Target } from './target.ts'
import { ask, attempt, expectThat, type Trial } from './trial.ts'
import { endHost, healthy, pageServed, startHost } from './trial-host.ts'
import { withoutRepository } from './without-repository.ts'

const value = 'trial-value-0123456789abcdef'

/**
 * Runs what is in an unpacked package, copied elsewhere, with an empty home and environment, and with the
 * repository out of reach: command line, host, gateway, page, secrets, backup, npm, terminal. Leaves nothing.
 */
export async function tryPackage(
  app: string,
  target: Target,
  version: string,
  root: string,
): Promise<Finding[]> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot package ')))
  try {
    cpSync(app, join(base, 'app'), { recursive: true, preserveTimestamps: true })
    const { resources } = packagePlaces(join(base, 'app'), target)
    for (const name of ['home', 'tmp']) mkdirSync(join(base, name), { mode: 0o700 })
    const env = {
      HOME: join(base, 'home'),
      PATH: '/usr/bin:/bin',
      TMPDIR: join(base, 'tmp'),
      LANG: 'C.UTF-8',
      MOLTBOT_HOST_DIR: join(base, 'host'),
      MOLTBOT_LOG_DIR: join(base, 'log'),
      MOLTBOT_KEYCHAIN: 'none',
      ...(process.env.MOLTBOT_TEST_RUN && { MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN }),
    }
    writeFileSync(join(base, 'phrase'), 'a passphrase for a trial\n', { mode: 0o600 })
    const { hidden, how } = await withoutRepository(root)
    const trial: Trial = { resources, env, base, hidden, gatewayPort: await freePort() }
    const findings = [{ check: 'repository out of reach', facts: how, wrong: [] }]
    return [...findings, ...(await inOrder(trial, version))]
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

async function inOrder(trial: Trial, version: string): Promise<Finding[]> {
  const { base, resources } = trial
  const moltbot = (...args: string[]) => ask(trial, [join(resources, 'moltbot'), ...args])
  const node = (...args: string[]) => ask(trial, [join(resources, 'node'), ...args])
  const phrase = ['--passphrase-file', join(base, 'phrase')]
  const findings = [
    await attempt('moltbot --version', async () => expectThat((await moltbot('--version')).trim(), version)),
    await attempt('npm, for gateways', async () => {
      return `npm ${(await node(join(resources, 'node_modules/npm/bin/npm-cli.js'), '--version')).trim()}`
    }),
    await attempt('keychain library', async () => {
      const script = "const { AsyncEntry } = require('@napi-rs/keyring'); console.log(typeof AsyncEntry)"
      return `loads, AsyncEntry is a ${expectThat((await node(...from(resources, script))).trim(), 'function')}`
    }),
    await attempt('terminal library', async () => {
      return `a pseudo-terminal said ${expectThat((await node(...from(resources, terminalScript))).trim(), 'tty yes')}`
    }),
  ]
  const host = await startHost(trial)
  try {
    findings.push(
      await attempt('moltbot host', async () => `page at ${(await host.ready).origin}`),
      await attempt('gateway healthy', () => healthy(trial)),
      await attempt('page served', async () => pageServed((await host.ready).origin)),
      await attempt('secret in a sealed file', async () => {
        await moltbot('secrets', 'store', 'sealed-file', ...phrase)
        await ask(trial, [join(resources, 'moltbot'), 'secrets', 'set', 'TRIAL_KEY'], value)
        const sealed = readFileSync(join(base, 'host', 'secrets.age'))
        if (sealed.includes(value)) throw new Error('The value can be read in the file.')
        const listed = await moltbot('secrets', 'list', '--json')
        if (!listed.includes('TRIAL_KEY')) throw new Error(`It is not listed: ${listed}`)
        return `${sealed.length} bytes, listed, not readable`
      }),
      await attempt('backup made and verified', async () => {
        const to = join(base, 'backups')
        mkdirSync(to)
        await moltbot('backup', 'create', '--to', to)
        const [name = ''] = readdirSync(to).filter((file) => file.endsWith('.age'))
        await moltbot('backup', 'verify', join(to, name))
        return name
      }),
    )
  } finally {
    findings.push(await attempt('ends, leaving no process', () => endHost(host.child, base)))
  }
  return findings
}

const terminalScript = `
const pty = require('@lydell/node-pty')
const shell = pty.spawn('/bin/sh', ['-c', 'test -t 1 && printf "tty yes"'], { cols: 80, rows: 24 })
let said = ''
shell.onData((data) => { said += data })
shell.onExit(() => setTimeout(() => { console.log(said); process.exit() }, 50))
`

/** As a script in the runtime's own folder would resolve packages. */
function from(resources: string, script: string): string[] {
  const place = JSON.stringify(join(resources, 'app', 'main.mjs'))
  return ['-e', `const require = process.getBuiltinModule('module').createRequire(${place});${script}`]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
