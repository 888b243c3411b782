import { describe, expect, it } from 'vitest'
import { homes, programs } from '../../gateway/gateway-process.ts'

const home = homes()
const run = programs()

describe('a gateway that launchd runs', () => {
  it('ends as if well where no retry would help, and as failed where one might', async () => {
    const { env } = home('{ gateway: { port: 0 } }')
    const asJob = { ...env, MOLTBOT_SERVICE: 'launchd' }
    const refused = run(['gateway'], asJob)
    expect(await refused.exit).toBe(0)
    expect(refused.output().stderr).toContain('gateway.port')
    // A port that only root may take, or none: something to be tried again.
    const failing = run(['gateway', '--port', '99999'], asJob)
    expect(await failing.exit).not.toBe(0)
  })
})
