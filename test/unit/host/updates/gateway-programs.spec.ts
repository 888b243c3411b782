import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { GatewayPrograms } from '../../../../host/updates/gateway-programs.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const builtIn = { file: '/node', args: ['main.mjs', 'gateway'] }
const program = {
  package: '@scope/gateway',
  version: '1.2.3',
  entry: 'node_modules/@scope/gateway/dist/entry.js',
  installedAt: 1,
  bytes: 10,
}
const id = '@scope/gateway@1.2.3'

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-programs-'))
  made.push(folder)
  const gatewaysDir = join(folder, 'gateways')
  const gatewaysPath = join(folder, 'gateways.json')
  const root = join(gatewaysDir, '@scope+gateway@1.2.3', 'node_modules/@scope/gateway')
  const install = (bin: unknown = { gateway: 'dist/entry.js' }) => {
    mkdirSync(join(root, 'dist'), { recursive: true })
    const manifest = { name: program.package, version: program.version, bin }
    writeFileSync(join(root, 'package.json'), JSON.stringify(manifest))
    writeFileSync(join(root, 'dist/entry.js'), '')
  }
  const open = () =>
    GatewayPrograms.open({ hostPaths: { gatewaysDir, gatewaysPath }, nodePath: '/node', builtIn })
  return { folder, gatewaysPath, root, install, open }
}

describe('which gateway the next start takes', () => {
  it('is the built-in one until another was switched to, and stays so over restarts', async () => {
    const { install, open, root } = place()
    const programs = await open()
    expect(programs.command).toBe(builtIn)
    install()
    await programs.add(program)
    expect(programs.command).toBe(builtIn)
    await programs.beginSwitch(id)
    await programs.settleSwitch()
    const again = await open()
    expect(again.command).toEqual({
      file: '/node',
      args: [join(root, 'dist/entry.js'), 'gateway'],
      kind: 'package',
    })
    expect(again.active).toMatchObject({ id, kind: 'package', version: '1.2.3' })
    expect(again.problem).toBeNull()
    expect(again.isInUse(id)).toBe(true)
  })

  it('is the former one after a switch that was never proved', async () => {
    const { install, open, gatewaysPath } = place()
    const programs = await open()
    install()
    await programs.add(program)
    await programs.beginSwitch(id)
    expect(programs.isInUse('built-in')).toBe(true)
    const again = await open()
    expect(again.command).toBe(builtIn)
    expect(again.problem).toMatchObject({
      code: 'GATEWAY_UPDATE_UNDONE',
      params: { from: 'built-in', to: id },
    })
    expect(JSON.parse(readFileSync(gatewaysPath, 'utf8'))).toMatchObject({
      active: 'built-in',
      pending: null,
    })
    expect((await open()).problem).toBeNull()
  })

  it('is the built-in one where the chosen one is damaged, or leads elsewhere', async () => {
    const { install, open, root, folder } = place()
    const programs = await open()
    install()
    await programs.add(program)
    await programs.beginSwitch(id)
    await programs.settleSwitch()
    const damages = [
      () => rmSync(join(root, 'dist'), { recursive: true }),
      () => writeFileSync(join(root, 'package.json'), '{'),
      () =>
        writeFileSync(
          join(root, 'package.json'),
          '{"name":"@scope/gateway","version":"1.2.4","bin":"dist/entry.js"}',
        ),
      () => install({ gateway: '../../../../outside.js' }),
      () => {
        writeFileSync(join(folder, 'outside.js'), '')
        rmSync(join(root, 'dist/entry.js'))
        symlinkSync(join(folder, 'outside.js'), join(root, 'dist/entry.js'))
      },
    ]
    for (const damage of damages) {
      rmSync(join(root, 'dist'), { recursive: true, force: true })
      install()
      expect((await open()).active.id).toBe(id)
      damage()
      const again = await open()
      expect(again.command).toBe(builtIn)
      expect(again.active.id).toBe('built-in')
      expect(again.problem).toMatchObject({ code: 'GATEWAY_NOT_INSTALLED', params: { id } })
    }
  })

  it('is the damaged one again only once it was installed and switched to anew', async () => {
    const { install, open, root } = place()
    const programs = await open()
    install()
    await programs.add(program)
    await programs.beginSwitch(id)
    await programs.settleSwitch()
    rmSync(join(root, 'dist'), { recursive: true })
    const again = await open()
    expect((await again.whyUnusable(id))?.code).toBe('GATEWAY_NOT_INSTALLED')
    install()
    expect(await again.whyUnusable(id)).toBeNull()
    await again.add(program)
    // The built-in one runs: to take this one for it would leave it so.
    expect(again.active.id).toBe('built-in')
    await again.beginSwitch(id)
    expect(again.active.id).toBe(id)
    await again.undoSwitch()
    expect(again.active.id).toBe('built-in')
  })

  it('is the built-in one at once where the files go while the host runs', async () => {
    const { install, open, root } = place()
    const programs = await open()
    install()
    await programs.add(program)
    await programs.beginSwitch(id)
    await programs.settleSwitch()
    rmSync(root, { recursive: true })
    expect(programs.command).toBe(builtIn)
    expect(programs.problem).toMatchObject({ code: 'GATEWAY_NOT_INSTALLED' })
  })

  it('is the built-in one where the list cannot be read, and the list is kept aside', async () => {
    const { open, gatewaysPath } = place()
    for (const text of ['{', '{"active":7}', '[]']) {
      writeFileSync(gatewaysPath, text)
      const programs = await open()
      expect(programs.command).toBe(builtIn)
      expect(programs.problem?.code).toBe('SETTINGS_SET_ASIDE')
    }
    mkdirSync(gatewaysPath)
    expect((await open()).command).toBe(builtIn)
  })
})
