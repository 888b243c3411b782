import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { describeWithSmallDisk, inOwnMounts } from '../../fixtures/small-disk.ts'
import { freePort, homes } from './gateway-process.ts'

const home = homes()
describeWithSmallDisk('a full disk', () => {
  it('does not stop the gateway, is told once, and the log says what is missing', async () => {
    const { base, env } = home('{ gateway: { mode: "local" }, logging: { level: "debug" } }')
    const program = join(import.meta.dirname, 'log-full-disk-program.ts')
    const args = [...inOwnMounts, process.execPath, program, base, String(await freePort())]
    const { stdout } = await promisify(execFile)('unshare', args, { env })
    const seen: Seen = JSON.parse(stdout)
    expect(seen.whileFull).toMatch(/^200 \{"ok":true/)
    const lost = Number(/^moltbot_log_lines_lost_total (\d+)$/m.exec(seen.metricsWhileFull)?.[1])
    expect(lost).toBeGreaterThanOrEqual(60)
    expect(seen.saidWhileFull.filter((line) => line.includes('/log/moltbot-'))).toHaveLength(1)
    expect(seen.code).toBe(0)
    const [name = ''] = Object.keys(seen.logs).filter((each) => each.startsWith('moltbot-'))
    const lines = (seen.logs[name] ?? '').trimEnd().split('\n')
    const gaps = lines.filter((line) => line.includes('Lines are missing here'))
    expect(gaps.map((line) => JSON.parse(line)[1])).toEqual([
      { lines: expect.any(Number), reason: 'ENOSPC', since: expect.any(String) },
    ])
    expect(JSON.parse(gaps[0] ?? '')[1].lines).toBeGreaterThanOrEqual(lost)
    // What the disk cut in two is the only line that is not whole.
    const broken = lines.filter((line) => !line.endsWith('}'))
    expect(broken.length).toBeLessThanOrEqual(1)
    expect(lines.at(-1)).toContain('The gateway has closed')
  })
})

interface Seen {
  readonly whileFull: string
  readonly metricsWhileFull: string
  readonly saidWhileFull: readonly string[]
  readonly code: number
  readonly logs: Readonly<Record<string, string>>
}
