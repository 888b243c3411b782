import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../fixtures/host-under-test.ts'
import { goodGateway, NpmRegistry } from '../../fixtures/npm-registry.ts'
import { homes, programs } from '../gateway/gateway-process.ts'

const home = homes()
const run = programs()
/** On a machine with other work. */
const timeout = 120_000
const name = '@scope/gateway'

let registry: NpmRegistry
beforeEach(async () => {
  registry = await NpmRegistry.start()
  await registry.publish(name, [
    { version: '1.0.0', script: goodGateway('1.0.0') },
    { version: '1.1.0', script: goodGateway('1.1.0') },
  ])
})
afterEach(() => registry.close())

async function place() {
  const { base, env } = home()
  writeFileSync(join(base, '.npmrc'), `registry=${registry.url}\n`)
  env.MOLTBOT_GATEWAY_PORT = String(await freePort())
  return async (...args: string[]) => {
    const program = run(['update', ...args], env)
    const code = await program.exit
    return { code, ...program.output() }
  }
}

describe('moltbot update, with no host running', () => {
  it('finds, installs an older version on request, proves it, switches back and removes it', {
    timeout,
  }, async () => {
    const update = await place()
    const followed = await update('follow', name)
    expect(followed).toMatchObject({ code: 0, stderr: '' })
    expect(followed.stdout).toContain(`Follows ${name}. 1.1.0`)

    expect((await update('use', 'clawdbot@1.0.0')).stderr).toContain('This gateway is not installed.')
    // Nobody is there to say yes.
    expect(await update()).toMatchObject({
      code: 1,
      stdout: 'Nothing was changed. To update without being asked, add --yes.\n',
    })
    const older = await update('--to', '1.0.0', '--yes')
    expect(older).toMatchObject({ code: 0, stderr: '' })
    expect(older.stdout).toContain(`The gateway is ${name}@1.0.0 now. It was started and is well.`)
    expect((await update('remove', `${name}@1.0.0`, '--yes')).code, 'it is in use').toBe(1)
    expect((await update('use', 'built-in')).stdout).toContain('The gateway is built-in now.')
    expect(await update('remove', `${name}@1.0.0`, '--yes', '--json')).toMatchObject({ code: 0 })
    const status = JSON.parse((await update('status', '--json')).stdout)
    expect(status.gateway).toMatchObject({ active: { id: 'built-in' }, followed: name })
    expect(status.gateway.installed).toHaveLength(1)
  })
})
