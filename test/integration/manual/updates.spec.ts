import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine } from './own-machine.ts'

const repository = resolve(import.meta.dirname, '../../..')
/** On a machine with other work. */
const timeout = 120_000

describeOnOwnMachine("the manual's update and rollback", () => {
  let machine: OwnMachine
  beforeAll(async () => {
    machine = await OwnMachine.start()
    const server = machine.spawn(
      `exec ${process.execPath} ${repository}/test/integration/manual/serve-registry.ts`,
    )
    let url = ''
    server.stdout?.on('data', (chunk) => {
      url += chunk
    })
    await until(() => url.endsWith('\n'), 'the registry')
    // What npm installs for everybody goes into this machine's own folder.
    writeFileSync(
      machine.path('/root/.npmrc'),
      `registry=${url.trim()}\nprefix=/root/npm\nupdate-notifier=false\n`,
    )
    machine.spawn('exec moltbot host --no-open')
    await until(() => machine.listensOn(18789), 'the gateway')
  }, timeout)
  afterAll(() => machine.end())

  const out = async (line: string) => {
    const { code, stdout, stderr } = await machine.run(line)
    expect({ line, code, ...(code === 0 ? {} : { stdout, stderr }) }).toEqual({ line, code: 0 })
    return stdout
  }
  const listener = async () =>
    Number((await machine.run('lsof -nP -t -iTCP:18789 -sTCP:LISTEN')).stdout.split('\n')[0])
  const commandOf = (pid: number) => readFileSync(machine.path(`/proc/${pid}/cmdline`), 'utf8')

  it('M65: --version is the one of this copy', async () => {
    const { version } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8'))
    expect((await out('moltbot --version')).trim()).toBe(version)
  })

  it('M03 M66 M68 M70 M78: what npm knows is found, and update runs it in the place of the present one', {
    timeout,
  }, async () => {
    expect((await out('npm view moltbot version')).trim()).toBe('2026.1.27')
    await out('moltbot update follow moltbot')
    expect(await out('moltbot update --check')).toContain('2026.1.27')
    const before = await listener()
    // It asks, as nobody may be there to see what it changes.
    expect((await machine.run('moltbot update </dev/null')).stdout).toContain('--yes')
    expect(await listener()).toBe(before)
    await out("printf 'y\\n' | script -qec 'moltbot update' /dev/null")
    expect(commandOf(await listener())).toContain('moltbot@2026.1.27')
    await out('moltbot doctor')
    await out('moltbot health')
  })

  it('M69 M71: npm -g changes nothing of what runs; update --to goes back to the version of the manual', {
    timeout,
  }, async () => {
    const before = await listener()
    await out('npm install -g moltbot@latest')
    await out('npm install -g moltbot@2026.1.15')
    expect(existsSync(machine.path('/root/npm/lib/node_modules/moltbot/package.json'))).toBe(true)
    expect(await listener()).toBe(before)
    await out('moltbot update --to 2026.1.15 --yes')
    expect(commandOf(await listener())).toContain('moltbot@2026.1.15')
    await out('moltbot update use built-in')
    expect(commandOf(await listener())).not.toContain('moltbot@')
    await out('moltbot health')
  })
})
