import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectParams } from '../../unit/gateway/server/device.ts'
import { freePort, homes, programs, token } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

const home = homes()
const run = programs()

async function start() {
  const { env, base } = home('{ gateway: { mode: "local" } }')
  const port = await freePort()
  const gateway = run(['gateway', '--port', String(port)], env)
  await gateway.untilOutput('The gateway is ready')
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return { port, pid: gateway.pid, base, scrape }
}

/** Prometheus' text form, by its own rules: any line that is none of them throws. */
function parse(text: string): Map<string, number> {
  expect(text.endsWith('\n')).toBe(true)
  const types = new Map<string, string>()
  const samples = new Map<string, number>()
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line)
    if (comment) {
      const [, kind, name = '', rest = ''] = comment
      if (kind === 'TYPE') types.set(name, rest)
      continue
    }
    const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\.)*"'
    const form = new RegExp(
      `^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{${label}(?:,${label})*\\})? ([-+0-9.eE]+|NaN|[+-]Inf)$`,
    )
    const [, name = '', labels = '', value = ''] = form.exec(line) ?? []
    if (name === '') throw new Error(`This is no line of metrics: ${line}`)
    const family = name.replace(/_(bucket|sum|count)$/, '')
    if (!types.has(name) && types.get(family) !== 'histogram') throw new Error(`${name} has no type`)
    if (samples.has(name + labels)) throw new Error(`${name}${labels} is there twice`)
    samples.set(name + labels, Number(value.replace('Inf', 'Infinity')))
  }
  return samples
}

function findPromtool(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/opt/prometheus']
  const places = folders.map((folder) => join(folder, 'promtool'))
  return (
    process.env.MOLTBOT_TEST_PROMTOOL ??
    places.find((path) => statSync(path, { throwIfNoEntry: false })) ??
    null
  )
}
const promtool = findPromtool()

describe('metrics', () => {
  it('say what happened, and nothing that is secret', async () => {
    const { port, pid, scrape } = await start()
    const first = parse(await scrape())
    expect(first.get('moltbot_connections')).toBe(0)
    const client = await openSocket(port)
    await client.request('connect', connectParams(token))
    for (let count = 0; count < 5; count += 1) await client.request('health', {}, `h${count}`)
    await client.request(`no-such-${token}`).catch(() => {})
    const stranger = await openSocket(port)
    await stranger.request('connect', connectParams('wrong')).catch(() => {})
    await stranger.closed
    await fetch(`http://127.0.0.1:${port}/nothing-${token}`)
    const text = await scrape()
    const second = parse(text)
    expect(second.get('moltbot_connections')).toBe(1)
    expect(second.get('moltbot_connections_total{result="connected"}')).toBe(1)
    expect(second.get('moltbot_rpc_requests_total{method="health",result="ok"}')).toBe(5)
    expect(second.get('moltbot_rpc_requests_total{method="unknown",result="error"}')).toBe(1)
    expect(second.get('moltbot_rpc_duration_seconds_count{method="health"}')).toBe(5)
    expect(second.get('moltbot_rpc_duration_seconds_bucket{method="health",le="+Inf"}')).toBe(5)
    expect(second.get('moltbot_requests_under_way')).toBe(0)
    expect(second.get('moltbot_http_requests_total{route="/metrics",status="200"}')).toBe(1)
    expect(second.get('moltbot_http_requests_total{route="other",status="404"}')).toBe(1)
    // connect, five times health and what does not exist; of the stranger one more.
    expect(second.get('moltbot_ws_messages_total{direction="in"}')).toBe(8)
    expect(second.get('moltbot_ws_message_bytes_total{direction="in"}')).toBeGreaterThan(400)
    expect(second.get('moltbot_log_lines_lost_total')).toBe(0)
    expect(second.get('moltbot_config_valid')).toBe(1)
    expect(second.get('moltbot_ready')).toBe(1)
    // Watched since the first scrape, and told once there is something to tell.
    const lag = async () => parse(await scrape()).get('moltbot_event_loop_lag_seconds{stat="p99"}') ?? -1
    await expect.poll(lag).toBeGreaterThanOrEqual(0)
    // The kernel's word for the same.
    const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const rss = second.get('process_resident_memory_bytes') ?? 0
    expect(Math.abs(rss / 1024 - Number(kibibytes))).toBeLessThan(20_000)
    expect(text).not.toContain(token.slice(0, 12))
    client.socket.close()
    await client.closed
    const third = parse(await scrape())
    expect(third.get('moltbot_connections')).toBe(0)
    const withoutPromtool = promtool === null
    if (withoutPromtool) return
    expect(execFileSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('')
  })

  const itWithPromtool = promtool ? it : it.skip
  itWithPromtool(
    promtool ? 'have rules that promtool takes' : 'have rules [promtool is not installed]',
    () => {
      const assets = join(import.meta.dirname, '../../../assets/prometheus')
      const rules = execFileSync(`${promtool}`, ['check', 'rules', join(assets, 'alerts.yml')], {
        encoding: 'utf8',
      })
      expect(rules).toContain('SUCCESS')
      const config = execFileSync(
        `${promtool}`,
        ['check', 'config', '--syntax-only', join(assets, 'scrape.yml')],
        { encoding: 'utf8' },
      )
      expect(config).toContain('SUCCESS')
    },
  )

  it('have alerts on names that exist', async () => {
    const { scrape } = await start()
    await scrape()
    const known = [...(await scrape()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
    const rules = readFileSync(join(import.meta.dirname, '../../../assets/prometheus/alerts.yml'), 'utf8')
    expect(rules).toContain('expr: up{job="moltbot"} == 0')
    // The manual's marks: 1 GB and 80 % of a core.
    expect(rules).toContain('expr: process_resident_memory_bytes{job="moltbot"} > 1073741824')
    expect(rules).toContain('expr: rate(process_cpu_seconds_total{job="moltbot"}[5m]) > 0.8\n')
    const used = [...rules.matchAll(/\b((?:moltbot|process|nodejs)_[a-z_]+)\b/g)].map(([, name]) => name)
    expect(used.length).toBeGreaterThan(3)
    for (const name of used) expect(known).toContain(name)
  })
})
