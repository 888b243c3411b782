import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../../shared/version.ts'
import { homes, programs } from '../gateway/gateway-process.ts'
import { installedCopy, runOnce } from './installed-copy.ts'

const home = homes()
const run = programs()

function copyIn(base: string, name = 'répo mit Leerzeichen 仓库') {
  mkdirSync(join(base, name))
  return installedCopy(join(base, name))
}

describe('install-cli', () => {
  it('has a shell find moltbot from any folder, also through further links and after the next build', () => {
    const { base, env: own } = home()
    const copy = copyIn(base)
    const env = { ...own, PATH: '/usr/bin:/bin', SHELL: '/bin/bash' }
    const link = join(base, '.local/bin/moltbot')
    const install = () => JSON.parse(runOnce(copy.launcher, ['install-cli', '--json'], env).stdout)
    const first = install()
    expect(first).toMatchObject({ ok: true, link, target: copy.launcher, result: 'created', onPath: false })
    expect(readlinkSync(link)).toBe(copy.launcher)
    // The line that it names is all that is needed, and the manual's command works.
    expect(runOnce('/bin/sh', ['-c', first.addLine], env).code).toBe(0)
    const shell = (words: string) => runOnce('/bin/bash', ['-ic', words], env)
    expect(shell('cd / && moltbot --version').stdout).toBe(`${version}\n`)
    expect(shell('moltbot health').code).toBe(3) // nothing runs
    const { ino } = lstatSync(link)
    expect(install()).toMatchObject({ ok: true, result: 'unchanged' })
    expect(lstatSync(link).ino).toBe(ino)
    copy.buildAgain()
    mkdirSync(join(base, 'more links'))
    symlinkSync('../.local/bin/moltbot', join(base, 'more links', 'moltbot'))
    expect(runOnce(join(base, 'more links/moltbot'), ['--version'], env).stdout).toBe(`${version}\n`)
    const text = runOnce(copy.launcher, ['install-cli'], { ...env, PATH: `${join(base, '.local/bin')}:/bin` })
    expect(text.stdout).toBe(
      `Already linked: ${link} → ${copy.launcher}\nTo have Tab complete it: moltbot completion install\n`,
    )
  })

  it('replaces nothing of somebody else unasked, and keeps it beside when asked', () => {
    const { base, env } = home()
    const copy = copyIn(base)
    const folder = join(base, 'my bin')
    mkdirSync(folder)
    const link = join(folder, 'moltbot')
    writeFileSync(link, '#!/bin/sh\necho mine\n')
    const install = (...args: string[]) =>
      runOnce(copy.launcher, ['install-cli', '--to', folder, '--json', ...args], env)
    const refused = install()
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({
      code: 'CLI_LINK_FOREIGN',
      params: { path: link, what: 'a file' },
    })
    expect(readFileSync(link, 'utf8')).toContain('echo mine')
    expect(JSON.parse(install('--force').stdout)).toMatchObject({ result: 'replaced', former: `${link}.bak` })
    expect(readFileSync(`${link}.bak`, 'utf8')).toContain('echo mine')
    expect(readlinkSync(link)).toBe(copy.launcher)
    // The command itself is no place for a link to it.
    const itself = runOnce(copy.launcher, ['install-cli', '--force', '--to', join(copy.launcher, '..')], env)
    expect(itself.code).toBe(1)
    expect(readFileSync(copy.launcher, 'utf8')).toContain('#!/bin/sh')
    // Another copy's link is one of ours.
    const other = copyIn(base, 'other')
    const moved = runOnce(other.launcher, ['install-cli', '--to', folder, '--json'], env)
    expect(JSON.parse(moved.stdout)).toMatchObject({ result: 'replaced', former: `→ ${copy.launcher}` })
    expect(readlinkSync(link)).toBe(other.launcher)
  })

  it('names a moltbot from npm that comes first, without starting it', () => {
    const { base, env } = home()
    const copy = copyIn(base)
    const packed = join(base, 'npm/lib/node_modules/moltbot')
    mkdirSync(join(packed, 'dist'), { recursive: true })
    writeFileSync(join(packed, 'package.json'), '{"name":"moltbot","version":"2026.1.29"}')
    writeFileSync(join(packed, 'dist/entry.js'), `#!/bin/sh\ntouch '${join(base, 'started')}'\n`)
    chmodSync(join(packed, 'dist/entry.js'), 0o755)
    mkdirSync(join(base, 'npm/bin'))
    const path = join(base, 'npm/bin/moltbot')
    symlinkSync('../lib/node_modules/moltbot/dist/entry.js', path)
    const PATH = `${join(base, 'npm/bin')}:${join(base, '.local/bin')}:/usr/bin:/bin`
    const { stdout } = runOnce(copy.launcher, ['install-cli', '--json'], { ...env, PATH })
    const shadowedBy = { path, package: 'moltbot', version: '2026.1.29' }
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, onPath: true, addLine: null, shadowedBy })
    expect(existsSync(join(base, 'started'))).toBe(false)
  })

  it('makes no link to what is not built', async () => {
    const { base, env } = home()
    const program = run(['install-cli', '--json'], env)
    expect(await program.exit).toBe(1)
    expect(JSON.parse(program.output().stdout)).toMatchObject({ code: 'CLI_NO_LAUNCHER' })
    expect(existsSync(join(base, '.local'))).toBe(false)
  })
})
