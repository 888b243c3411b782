import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import { describeOnOwnMachine, OwnMachine, signalLine } from './own-machine.ts'

const manualsRules = `# alertmanager 示例规则
groups:
  - name: moltbot
    rules:
      - alert: MoltbotDown
        expr: up{job="moltbot"} == 0
        for: 5m
        labels:
          severity: critical
`
const settings = `
global: { scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms }
rule_files: [/root/rules.yml]
scrape_configs: [{ job_name: moltbot, static_configs: [{ targets: ['127.0.0.1:18789'] }] }]
`
const prometheus = findPrometheus()

describeOnOwnMachine("the manual's alert", () => {
  let machine: OwnMachine
  beforeAll(async () => {
    machine = await OwnMachine.start()
  })
  afterAll(() => machine.end())

  const ask = async (query: string) => {
    const line = `curl -sfG --data-urlencode 'query=${query}' http://127.0.0.1:9090/api/v1/query`
    const { stdout } = await machine.run(line)
    return stdout === '' ? [] : (JSON.parse(stdout).data?.result ?? [])
  }
  const isUp = async () => (await ask('up{job="moltbot"}'))[0]?.value[1]

  const runIt = prometheus === null ? it.skip : it
  runIt(
    'M45: a Prometheus [on the PATH] with its rule sees the gateway up, then down, and raises it',
    async () => {
      writeFileSync(machine.path('/root/rules.yml'), manualsRules)
      writeFileSync(machine.path('/root/prometheus.yml'), settings)
      const gateway = machine.spawn('exec moltbot gateway', {
        CLAWDBOT_GATEWAY_TOKEN: 'c4nary-alerts-0123456789abcdef',
      })
      await until(() => machine.listensOn(18789), 'the gateway')
      machine.spawn(
        `exec ${prometheus} --config.file=prometheus.yml --storage.tsdb.path=/tmp/tsdb --web.listen-address=127.0.0.1:9090`,
      )
      await until(async () => (await isUp()) === '1', 'it to be seen up')
      expect((await ask('process_resident_memory_bytes{job="moltbot"} > 1e7')).length).toBe(1)
      expect(await ask('ALERTS')).toEqual([])
      signalLine(gateway, 'SIGTERM')
      await until(async () => (await isUp()) === '0', 'it to be seen down')
      await until(async () => (await ask('ALERTS{alertname="MoltbotDown"}')).length === 1, 'the alert')
      const [alert] = await ask('ALERTS{alertname="MoltbotDown"}')
      // It fires once that has been so for five minutes.
      expect(alert.metric).toMatchObject({ alertstate: 'pending', severity: 'critical', job: 'moltbot' })
    },
  )
})

function findPrometheus(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/opt/prometheus']
  const places = folders.map((folder) => join(folder, 'prometheus'))
  return places.find((path) => existsSync(path)) ?? null
}
