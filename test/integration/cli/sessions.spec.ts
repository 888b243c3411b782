import { describe, expect, it } from 'vitest'
import { freePort, homes, programs } from '../gateway/gateway-process.ts'
import { seedSessions } from './seeded-state.ts'

const home = homes()
const run = programs()

async function moltbot(env: Record<string, string>, ...args: string[]) {
  const program = run(args, env)
  const code = await program.exit
  return { code, ...program.output() }
}

function seeded() {
  const made = home('{ agents: { list: [{ id: "main", default: true }, { id: "work" }] } }')
  seedSessions(made.stateDir, 'main', {
    'agent:main:main': { ageMinutes: 1, totalTokens: 21_234, model: 'gpt-5.2', contextTokens: 100_000 },
    'agent:main:whatsapp:group:g1@g.us': { ageMinutes: 90, totalTokens: 0 },
  })
  seedSessions(made.stateDir, 'work', { 'agent:work:main': { ageMinutes: 200, totalTokens: 1_500_000 } })
  return made
}

describe('sessions', () => {
  it('come from the disk where no gateway answers, and are the same as one tells', async () => {
    const { env } = seeded()
    const port = String(await freePort())
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: port }
    const [plain, down] = await Promise.all([
      moltbot(here, 'sessions', 'list'),
      moltbot(here, 'sessions', '--json'),
    ])
    expect(plain.code).toBe(0)
    expect(plain.stderr).toContain('nothing listens there')
    const rows = plain.stdout.split('\n').filter((line) => line.startsWith('agent:'))
    expect(rows.map((row) => row.split(/ {2,}/))).toEqual([
      ['agent:main:main', 'direct', '1 min ago', 'gpt-5.2', '21k (21%)'],
      ['agent:main:whatsapp:group:g1@g.us', 'group', '1 h ago', expect.any(String), '-'],
      ['agent:work:main', 'direct', '3 h ago', expect.any(String), expect.stringMatching(/^1\.5M \(/)],
    ])

    await run(['gateway', '--port', port], env).untilOutput('Gateway ready')
    const up = await moltbot(here, 'sessions', 'list', '--json')
    expect(up).toMatchObject({ code: 0, stderr: '' })
    const told = JSON.parse(up.stdout)
    const read = JSON.parse(down.stdout)
    expect(told.gateway).toEqual({ reachable: true, problem: null })
    expect(read.gateway).toMatchObject({ reachable: false, problem: { code: 'GATEWAY_UNREACHABLE' } })
    const bare = (answer: typeof told) => answer.sessions.map(({ ageMs, ...row }: { ageMs: number }) => row)
    expect(bare(told)).toEqual(bare(read))
    expect(told.sessions[0].ageMs).toBeGreaterThanOrEqual(60_000)
  })

  it('are fewer where that is asked for, and a wrong number is told', async () => {
    const { env } = seeded()
    const here = { ...env, CLAWDBOT_GATEWAY_PORT: String(await freePort()) }
    const keysOf = async (...args: string[]) =>
      JSON.parse((await moltbot(here, 'sessions', '--json', ...args)).stdout).sessions.map(
        ({ key }: { key: string }) => key,
      )
    const [limited, active, ofWork, ...wrong] = await Promise.all([
      keysOf('--limit', '1'),
      keysOf('--active', '120'),
      keysOf('--agent', 'work'),
      moltbot(here, 'sessions', '--limit', '0'),
      moltbot(here, 'sessions', 'list', '--active', 'soon'),
    ])
    expect(limited).toEqual(['agent:main:main'])
    expect(active).toEqual(['agent:main:main', 'agent:main:whatsapp:group:g1@g.us'])
    expect(ofWork).toEqual(['agent:work:main'])
    expect(wrong.map(({ code }) => code)).toEqual([2, 2])
  })

  it('are shown even where the configuration cannot be read', async () => {
    const { env, stateDir } = home('{ gateway: ')
    seedSessions(stateDir, 'main', { 'agent:main:main': { ageMinutes: 5 } })
    const { code, stdout, stderr } = await moltbot(env, 'sessions')
    expect(code).toBe(0)
    expect(stdout).toContain('agent:main:main')
    expect(stderr).toContain('line 1')
  })
})
