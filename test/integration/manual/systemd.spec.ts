import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerOf } from '../../fixtures/answer-of.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { describeWith } from '../../setup/requirements.ts'
import { OwnMachine, signalLine } from './own-machine.ts'
import { type MachineUser, startUserManager } from './user-manager.ts'

describeWith(
  ['user-systemd', 'procfs'],
  "the manual's lines for systemd, after moltbot service install",
  () => {
    let machine: OwnMachine
    let user: MachineUser
    beforeAll(async () => {
      machine = await OwnMachine.start()
      user = await startUserManager(machine)
      await asUser(
        'mkdir -m 700 .clawdbot && echo CLAWDBOT_GATEWAY_TOKEN=c4nary-service-0123456789abcdef > .clawdbot/.env',
      )
      await asUser('moltbot service install')
      await until(() => machine.listensOn(18789), 'the service')
    }, 60_000)
    afterAll(async () => {
      await user.end()
      await machine.end()
    })

    const asUser = async (line: string) => {
      const result = await user.run(line)
      if (result.code !== 0) throw new Error(`${line}: ${JSON.stringify(result)}`)
      return result.stdout
    }
    const pid = async () => Number((await machine.run('lsof -nP -t -iTCP:18789 -sTCP:LISTEN')).stdout)

    it('M09 M22 M23 M24 M25 M26: status, stop, start and restart are about what listens on the port', async () => {
      const first = await pid()
      expect(await asUser('systemctl --user status moltbot-gateway')).toContain(`Main PID: ${first} `)
      await asUser('systemctl --user stop moltbot-gateway')
      expect(machine.listensOn(18789)).toBe(false)
      await asUser('systemctl --user start moltbot-gateway')
      await until(() => machine.listensOn(18789), 'its start')
      const second = await pid()
      expect(second).not.toBe(first)
      await asUser('systemctl --user restart moltbot-gateway')
      await until(() => machine.listensOn(18789), 'its next start')
      expect(await pid()).not.toBe(second)
    })

    it('M27 M47: the journal has what the gateway says on its terminal', async () => {
      const follow = user.spawn('exec journalctl --user -u moltbot-gateway -f')
      const shown = answerOf(follow)
      let text = ''
      follow.stdout?.on('data', (chunk) => {
        text += chunk
      })
      const before = await pid()
      await asUser('systemctl --user restart moltbot-gateway')
      await until(async () => ![0, before].includes(await pid()), 'its next start')
      const now = await pid()
      await until(() => text.includes(`moltbot-gateway[${now}]`), 'its first line')
      signalLine(follow, 'SIGTERM')
      expect((await shown).stdout).toMatch(/listen|ready/i)
    })

    it('M28: enable-linger is the owner’s to do, and service status says whether it is so', async () => {
      await user.startLogind()
      const lingers = async () => JSON.parse(await asUser('moltbot service status --json')).service.linger
      expect(await lingers()).not.toBe(true)
      expect(await machine.run('loginctl enable-linger $USER', { USER: 'ops' })).toMatchObject({ code: 0 })
      expect(existsSync(machine.path('/var/lib/systemd/linger/ops'))).toBe(true)
      expect(await lingers()).toBe(true)
    })
  },
)
