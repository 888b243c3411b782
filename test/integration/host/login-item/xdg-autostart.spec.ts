import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { xdgAutostart } from '../../../../host/login-item/xdg-autostart.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { describeWith } from '../../../setup/requirements.ts'

const name = 'bot.molt.MoltbotDesktop.desktop'
let base = ''
let path = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-login-'))
  path = join(base, 'config', 'autostart', name)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

function item(file = '/opt/moltbot/moltbot', env: NodeJS.ProcessEnv = {}, args = ['--no-open']) {
  return xdgAutostart({
    env: { XDG_CONFIG_HOME: join(base, 'config'), ...env },
    home: join(base, 'home'),
    program: { file, args, opens: 'app' },
  })
}
const files = () => readdirSync(dirname(path)).sort()
const put = (text: string) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

describe('launch at login on Linux', () => {
  it('is an entry that says so, on and off again', async () => {
    expect(await item().look()).toEqual({ state: 'off', path, problem: null })
    expect(await item().change(true, false)).toBeNull()
    expect(await item().look()).toEqual({ state: 'on', path, problem: null })
    expect(statSync(path).mode & 0o777).toBe(0o644)
    const written = statSync(path).ino
    expect(await item().change(true, false)).toBeNull()
    expect(statSync(path).ino).toBe(written) // nothing to do, nothing done
    expect(await item().change(false, false)).toBeNull()
    expect(await item().change(false, false)).toBeNull()
    expect(files()).toEqual([])
  })

  it('is in the home’s own folder where no other is named, or a relative one', async () => {
    expect((await item('/x', { XDG_CONFIG_HOME: 'relative' }).look()).path).toBe(
      join(base, 'home', '.config', 'autostart', name),
    )
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', 'NotShowIn=GNOME;'])(
    'is off where the desktop’s own settings wrote %s, and on again when asked',
    async (line) => {
      const own = item(undefined, { XDG_CURRENT_DESKTOP: 'GNOME' })
      await own.change(true, false)
      put(readFileSync(path, 'utf8').replace('X-GNOME-Autostart-enabled=true', line))
      expect(await own.look()).toMatchObject({ state: 'off', problem: null })
      expect(await own.change(true, false)).toBeNull()
      expect(await own.look()).toMatchObject({ state: 'on' })
      expect(files()).toEqual(line.startsWith('NotShowIn') ? [name, `${name}.bak`] : [name])
    },
  )

  it('leaves an entry of somebody else until it is to be replaced, and keeps it then', async () => {
    const foreign = '[Desktop Entry]\nType=Application\nName=Moltbot\nExec=/usr/bin/other --hidden\n'
    put(foreign)
    const problem = { code: 'LOGIN_ITEM_FOREIGN', params: { path, runs: '/usr/bin/other --hidden' } }
    expect(await item().look()).toEqual({ state: 'foreign', path, problem })
    expect([await item().change(true, false), await item().change(false, false)]).toEqual([problem, problem])
    expect(readFileSync(path, 'utf8')).toBe(foreign)
    expect(await item().change(true, true)).toBeNull()
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe(foreign)
    // Kept once more, beside the first.
    put('[Desktop Entry]\nExec=/usr/bin/third\n')
    expect(await item().change(false, true)).toBeNull()
    expect(files()).toEqual([`${name}.bak`, `${name}.bak2`])
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe(foreign)
  })

  it('leaves an entry whose command was edited, and keeps other edits beside', async () => {
    await item(process.execPath).change(true, false)
    const ours = readFileSync(path, 'utf8')
    put(ours.replace('--no-open', '--no-open --port 1'))
    expect(await item(process.execPath).change(false, false)).toMatchObject({ code: 'LOGIN_ITEM_FOREIGN' })
    put(`${ours}X-GNOME-Autostart-Delay=20\n`)
    expect(await item(process.execPath).look()).toMatchObject({ state: 'on' })
    expect(await item(process.execPath).change(false, false)).toBeNull()
    expect(readFileSync(`${path}.bak`, 'utf8')).toContain('Delay=20')
    expect(files()).toEqual([`${name}.bak`])
  })

  it('takes the place of an entry of ours whose program is gone, as of an AppImage that was moved', async () => {
    await item('/nowhere/Moltbot-1.AppImage').change(true, false)
    expect(await item().look()).toMatchObject({ state: 'off', problem: null })
    expect(await item().change(true, false)).toBeNull()
    expect(files()).toEqual([name])
    // One that is there belongs to another copy, and is kept as anybody's is.
    await item(process.execPath).change(true, false)
    const another = readFileSync(path, 'utf8')
    expect(await item().look()).toMatchObject({ state: 'foreign' })
    expect(await item().change(true, true)).toBeNull()
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe(another)
  })

  it('never writes through a link, and says what stands in its way', async () => {
    const kept = join(base, 'dotfiles.desktop')
    writeFileSync(kept, 'mine')
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(kept, path)
    expect(await item().look()).toMatchObject({
      state: 'foreign',
      problem: { params: { runs: `→ ${kept}` } },
    })
    expect(await item().change(true, false)).toMatchObject({ code: 'LOGIN_ITEM_FOREIGN' })
    expect(await item().change(true, true)).toBeNull()
    expect([readFileSync(kept, 'utf8'), readlinkSync(`${path}.bak`)]).toEqual(['mine', kept])
    expect(lstatSync(path).isFile()).toBe(true)
    rmSync(path)
    mkdirSync(path)
    const notAFile = { code: 'LOGIN_ITEM_NOT_WRITTEN', params: { path } }
    expect(await item().look()).toMatchObject({ state: 'off', problem: notAFile })
    expect(await item().change(true, true)).toMatchObject(notAFile)
    expect(statSync(path).isDirectory()).toBe(true)
  })

  it('says so where nothing can be written', async () => {
    writeFileSync(join(base, 'config'), 'a file in the place of the folder')
    expect(await item().change(true, false)).toEqual({
      code: 'LOGIN_ITEM_NOT_WRITTEN',
      params: { path, detail: 'ENOTDIR' },
    })
    rmSync(join(base, 'config'))
    mkdirSync(join(base, 'config'))
    writeFileSync(join(base, 'config', 'autostart'), 'here, too')
    expect(await item().change(true, true)).toMatchObject({ code: 'LOGIN_ITEM_NOT_WRITTEN' })
    expect(readFileSync(join(base, 'config', 'autostart'), 'utf8')).toBe('here, too')
  })

  it('is not possible for a path that no entry can start', async () => {
    expect(await item('/opt/a=b/moltbot').look()).toMatchObject({ state: 'unsupported' })
    expect(await item('/opt/a=b/moltbot').change(true, true)).toMatchObject({
      code: 'LOGIN_ITEM_UNSUPPORTED',
    })
    expect(existsSync(path)).toBe(false)
  })
})

/** A program in a folder of that name, which writes down how it was called. */
function oddProgram(folder: string): { file: string; said: string } {
  const file = join(base, folder, 'molt bot')
  const said = join(base, 'said')
  mkdirSync(join(base, folder))
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\0' "$0" "$@" > '${said}.part' && mv '${said}.part' '${said}'\n`)
  chmodSync(file, 0o755)
  return { file, said }
}
const oddNames = [
  'plain',
  'sp ace',
  '$HOME `id` %f %%',
  `q"u'o`,
  'back\\slash\\n',
  '; & ~ # (x) *?<>|',
  '网关',
]
const oddArguments = ['host', '--no-open', `a b"c'd\\e$f\`g%h`]
async function starts(said: string, file: string): Promise<void> {
  await until(() => existsSync(said), 'the program')
  expect(readFileSync(said, 'utf8').split('\0')).toEqual([file, ...oddArguments, ''])
}

describeWith(['gio', 'desktop-entries'], 'an entry as desktops read it', () => {
  it.each(oddNames)('GLib starts %j with its very arguments', async (folder) => {
    const { file, said } = oddProgram(folder)
    expect(await item(file, {}, oddArguments).change(true, false)).toBeNull()
    const judged = spawnSync('desktop-file-validate', [path], { encoding: 'utf8' })
    expect([judged.status, judged.stdout, judged.stderr]).toEqual([0, '', ''])
    execFileSync('gio', ['launch', path], { env: { PATH: process.env.PATH, HOME: base } })
    await starts(said, file)
  })
})

const generator = '/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator'
describeWith(['systemd'], 'an entry as systemd reads it, for GNOME and KDE', () => {
  it('becomes a unit, unless it is switched off', async () => {
    const { file } = oddProgram('sp ace')
    const out = join(base, 'out')
    const generated = () => {
      rmSync(out, { recursive: true, force: true })
      mkdirSync(out)
      const env = {
        PATH: process.env.PATH,
        HOME: base,
        XDG_CONFIG_HOME: join(base, 'config'),
        XDG_CONFIG_DIRS: base,
        XDG_CURRENT_DESKTOP: 'GNOME',
      }
      execFileSync(generator, [out, out, out], { env, stdio: 'ignore' })
      return readdirSync(out).find((unit) => unit.endsWith('.service')) ?? null
    }
    await item(file, {}, ['host', '--no-open']).change(true, false)
    const unit = generated()
    expect(readFileSync(join(out, unit ?? ''), 'utf8')).toContain(`ExecStart=:"${file}" host --no-open`)
    put(`${readFileSync(path, 'utf8')}Hidden=true\n`)
    expect(generated()).toBeNull()
  })
})
