import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine, homes, programs } from '../gateway/gateway-process.ts'
import { findShell, tab, typeInto } from './shell-session.ts'

const home = homes()
const run = programs()

/** A home with something to complete, and a `moltbot` that writes down what it was called with. */
function completedHome() {
  const made = home('{ gateway: { mode: "local" }, channels: { whatsapp: {}, defaults: {} } }')
  const { base, stateDir } = made
  const bin = join(base, 'bin')
  const cwd = join(base, 'cwd')
  for (const folder of [bin, cwd, join(cwd, 'some folder'), join(base, 'host')]) mkdirSync(folder)
  for (const name of ['a file.age', 'servx-file']) writeFileSync(join(cwd, name), '')
  const called = join(base, 'called')
  const real = `exec '${process.execPath}' '${commandLine}'`
  writeFileSync(
    join(bin, 'moltbot'),
    `#!/bin/sh
for word; do [ "$word" = __complete ] && ${real} "$@"; done
for word; do printf '<%s>' "$word"; done >> '${called}'
echo >> '${called}'
`,
  )
  chmodSync(join(bin, 'moltbot'), 0o755)
  const at = { kind: 'keychain', changedAt: null }
  const index = {
    kind: 'keychain',
    secrets: { STORED_KEY: at, 'EVIL_$(touch pwned)': at },
  }
  writeFileSync(join(base, 'host', 'secrets.json'), JSON.stringify(index))
  writeFileSync(join(stateDir, '.env'), 'LINE_KEY=value-of-the-line\n')
  const installed = [{ package: 'clawdbot', version: '2026.1.24-3' }]
  writeFileSync(join(base, 'host', 'gateways.json'), JSON.stringify({ installed }))
  mkdirSync(join(base, 'host', 'backups'))
  writeFileSync(join(base, 'host', 'backups', 'moltbot-20260130-033000.tar.gz.age'), '')
  mkdirSync(join(base, '.clawdbot-other'))
  writeFileSync(join(base, '.clawdbot-other', '.env'), 'OTHER_KEY=x\n')
  const env = { ...made.env, PATH: `${bin}:/usr/bin:/bin`, TERM: 'xterm', LANG: 'C.UTF-8' }
  return { ...made, env, cwd, calls: () => readFileSync(called, 'utf8').trimEnd().split('\n') }
}

/** What is typed, Tab included, and what the command is then called with. */
const typed: readonly (readonly [string, string])[] = [
  [`moltbot ser${tab}`, '<service>'],
  [`moltbot service stat${tab}`, '<service><status>'],
  [`moltbot gateway rest${tab}--ti${tab}9`, '<gateway><restart><--timeout><9>'],
  [`moltbot servx${tab}`, '<servx>'],
  [`moltbot logs --lev${tab}wa${tab}`, '<logs><--level><warn>'],
  [`moltbot logs --level=wa${tab}`, '<logs><--level=warn>'],
  [`moltbot logs --tail 5 --fol${tab}`, '<logs><--tail><5><--follow>'],
  [`moltbot hea${tab}--js${tab}`, '<health><--json>'],
  [`moltbot update channel be${tab}`, '<update><channel><beta>'],
  [`moltbot config get gateway.auth.tok${tab}`, '<config><get><gateway.auth.token>'],
  [`moltbot channels status wh${tab}`, '<channels><status><whatsapp>'],
  [`moltbot --no-color secr${tab}check`, '<--no-color><secrets><check>'],
  [`moltbot secrets delete STO${tab}`, '<secrets><delete><STORED_KEY>'],
  [`moltbot secrets move LI${tab}`, '<secrets><move><LINE_KEY>'],
  [`moltbot secrets delete EVIL${tab}`, '<secrets><delete><EVIL>'],
  [`moltbot --profile other secrets delete OT${tab}`, '<--profile><other><secrets><delete><OTHER_KEY>'],
  [`moltbot update use cl${tab}`, '<update><use><clawdbot@2026.1.24-3>'],
  [`moltbot update use clawdbot@20${tab}`, '<update><use><clawdbot@2026.1.24-3>'],
  [`moltbot backup delete moltbot-2${tab}`, '<backup><delete><moltbot-20260130-033000.tar.gz.age>'],
  [`moltbot backup verify a${tab}`, '<backup><verify><a file.age>'],
  // zsh takes the slash away again at Enter.
  [`moltbot backup create --to some${tab}x`, '<backup><create><--to><some folder/x>'],
]

const quietPrompt = "PS1='READY> '"
const shells = {
  bash: {
    args: ['--norc', '--noprofile', '-i'],
    setup: (file: string) => [`PS1=; source '${file}'; ${quietPrompt}`],
    env: { PS1: 'READY> ' },
  },
  zsh: {
    args: ['-f', '-i'],
    setup: (file: string) => [
      `PS1=; fpath=('${dirname(file)}' $fpath); autoload -U compinit; compinit -u -D; ${quietPrompt}`,
    ],
    env: { PS1: 'READY> ' },
  },
  fish: {
    args: [
      '--no-config',
      '-i',
      '-C',
      'function fish_prompt; echo -n "READY> "; end; set -g fish_autosuggestion_enabled 0',
    ],
    setup: (file: string) => [`source '${file}'`],
    env: {},
  },
} as const

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (name) => {
  const shell = findShell(name)

  it.skipIf(shell === null)(
    shell ? 'completes commands, options, values, names and paths' : `is completed [no ${name} here]`,
    async () => {
      const { base, env, cwd, calls } = completedHome()
      const installed = run(['completion', 'install', name, '--json'], env)
      expect(await installed.exit).toBe(0)
      const { path } = JSON.parse(installed.output().stdout)
      expect(path.startsWith(`${base}/`)).toBe(true)
      const { args, setup, env: own } = shells[name]
      const lines = [...setup(path), ...typed.map(([line]) => line), 'echo the end']
      await typeInto({ file: shell ?? '', args, env: { ...env, ...own }, cwd, lines })
      expect(calls()).toEqual(typed.map(([, call]) => call))
      expect(existsSync(join(cwd, 'pwned'))).toBe(false)
    },
    20_000,
  )
})

describe('completion install', () => {
  it('writes the file of the shell that its owner signs in to, once, and says what else it takes', async () => {
    const { base, env } = home()
    const install = async (...args: string[]) => {
      const program = run(['completion', 'install', ...args, '--json'], { ...env, SHELL: '/usr/bin/zsh' })
      return { code: await program.exit, ...JSON.parse(program.output().stdout || '{}') }
    }
    const path = join(base, '.local/share/zsh/site-functions/_moltbot')
    const first = await install()
    expect(first).toMatchObject({ code: 0, shell: 'zsh', path, result: 'written' })
    expect(first.needs).toContain(`fpath=('${dirname(path)}' $fpath)`)
    const { mtimeMs } = statSync(path)
    writeFileSync(join(base, '.zshrc'), first.needs)
    expect(await install()).toMatchObject({ code: 0, result: 'unchanged', needs: null })
    expect(statSync(path).mtimeMs).toBe(mtimeMs)
    expect(await install('bash')).toMatchObject({
      path: join(base, '.local/share/bash-completion/completions/moltbot'),
    })
    expect(existsSync(join(base, '.bashrc'))).toBe(false)
  })

  it('leaves a file alone that it has not written, and a link', async () => {
    const { base, env } = home()
    const path = join(base, '.config/fish/completions/moltbot.fish')
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'complete -c moltbot -a mine\n')
    const install = async () => {
      const program = run(['completion', 'install', 'fish', '--json'], env)
      return { exit: await program.exit, ...JSON.parse(program.output().stdout) }
    }
    const refused = { exit: 1, ok: false, code: 'COMPLETION_FOREIGN', params: { path } }
    expect(await install()).toMatchObject(refused)
    expect(readFileSync(path, 'utf8')).toBe('complete -c moltbot -a mine\n')
    rmSync(path)
    const elsewhere = join(base, 'elsewhere')
    writeFileSync(elsewhere, '')
    symlinkSync(elsewhere, path)
    expect(await install()).toMatchObject(refused)
    expect(readFileSync(elsewhere, 'utf8')).toBe('')
  })
})
