import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine } from './own-machine.ts'

const manualsRules = `# /etc/logrotate.d/moltbot
/tmp/moltbot/moltbot-*.log {
    daily
    rotate 7
    compress
    delaycompress
    missingok
    notifempty
}
`
const rules = '/etc/logrotate.d/moltbot'
const hasLogrotate = existsSync('/usr/sbin/logrotate')

describeOnOwnMachine("the manual's rotation", () => {
  let machine: OwnMachine
  beforeAll(async () => {
    machine = await OwnMachine.start()
    machine.spawn('exec moltbot gateway', { CLAWDBOT_GATEWAY_TOKEN: 'c4nary-rotation-0123456789abcdef' })
    await until(() => machine.listensOn(18789), 'the gateway')
  })
  afterAll(() => machine.end())

  const names = () =>
    readdirSync(machine.path('/tmp/moltbot'))
      .filter((name) => name.startsWith('moltbot-'))
      .sort()
  const knock = () =>
    machine.run('moltbot health', { CLAWDBOT_GATEWAY_TOKEN: 'c4nary-wrong-0123456789abcdef' })

  it.skipIf(!hasLogrotate)(
    'M54: its rules rotate the log of a running gateway, which goes on in a new file and loses nothing',
    async () => {
      writeFileSync(machine.path(rules), manualsRules)
      const day = (await machine.run('date +%Y-%m-%d')).stdout.trim()
      const log = `/tmp/moltbot/moltbot-${day}.log`
      const text = () => readFileSync(machine.path(log), 'utf8')
      const turn = async () =>
        expect(await machine.run(`logrotate --force --state /tmp/state ${rules}`)).toMatchObject({ code: 0 })

      await knock()
      const first = text()
      await turn()
      expect(readFileSync(machine.path(`${log}.1`), 'utf8')).toContain(first)
      await knock()
      await until(() => existsSync(machine.path(log)) && text() !== '', 'the new file')
      const second = text()
      expect(first).not.toContain(second.trimEnd())
      await turn()
      await knock()
      await until(() => existsSync(machine.path(log)) && text() !== '', 'the next file')
      // delaycompress: the one before the last is packed.
      expect(names()).toEqual([`moltbot-${day}.log`, `moltbot-${day}.log.1`, `moltbot-${day}.log.2.gz`])
      expect((await machine.run(`zcat ${log}.2.gz`)).stdout).toContain(first)
      expect((await machine.run(`cat ${log}.1`)).stdout).toContain(second)
      expect((await machine.run('moltbot logs --tail 1 --json')).stdout).toContain('"type":"log"')
    },
  )
})
