import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOf } from '../../../../build/prepare/process-identity.mjs'
import { root as project } from '../../../../build/prepare/root.mjs'
import { sourceDigest } from '../../../../build/prepare/source-digest.mjs'

/** The real start script in a small project whose program notes its pid and arguments. */
describe('npm start', () => {
  let root: string
  let child: ChildProcess
  const at = (path: string) => join(root, path)
  const script = (path: string, text: string) => {
    writeFileSync(at(path), `#!/bin/sh\n${text}\n`)
    chmodSync(at(path), 0o755)
  }
  const start = (env: NodeJS.ProcessEnv, ...args: string[]) => {
    child = spawn('/bin/sh', [at('build/start.sh'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: `${at('bin')}:${process.env.PATH}`, npm_node_execpath: process.execPath, ...env },
    })
    return child
  }
  const until = async (path: string) => {
    while (!existsSync(at(path))) await delay(10)
    return readFileSync(at(path), 'utf8').trim()
  }

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot start ')))
    cpSync(join(project, 'build'), at('build'), { recursive: true })
    for (const folder of ['bin', 'dist/current', 'node_modules/node/bin'])
      mkdirSync(at(folder), { recursive: true })
    symlinkSync(process.execPath, at('node_modules/node/bin/node'))
    writeFileSync(at('package.json'), '{}')
    const lock = { packages: { 'node_modules/a': { version: '1.0.0' } } }
    writeFileSync(at('package-lock.json'), JSON.stringify(lock))
    writeFileSync(at('node_modules/.package-lock.json'), JSON.stringify(lock))
    writeFileSync(at('dist/current/sources'), sourceDigest(root))
    script('dist/moltbot', `echo "$$ $*" > '${at('noted.part')}'; mv '${at('noted.part')}' '${at('noted')}'`)
  })
  afterEach(() => {
    child.kill('SIGKILL')
    rmSync(root, { recursive: true, force: true })
  })

  it('becomes the program, with the arguments as given, when nothing is to do', async () => {
    script('bin/npm', `touch '${at('installed')}'`)
    const { pid } = start({}, '--no-open', '--port', '18799')
    expect(await until('noted')).toBe(`${pid} host --no-open --port 18799`)
    expect(existsSync(at('installed'))).toBe(false)
  })

  it('installs again after an installation that was cut short', async () => {
    rmSync(at('node_modules/.package-lock.json'))
    script('bin/npm', `echo "$*" > '${at('installed')}'`)
    start({ npm_config_omit: 'dev' })
    await until('noted')
    expect(await until('installed')).toBe('ci --include=dev')
  })

  it('does not install again what is there', async () => {
    script('bin/npm', `echo called >> '${at('installed')}'`)
    rmSync(at('node_modules/.package-lock.json'))
    for (let run = 0; run < 3; run += 1) {
      rmSync(at('noted'), { force: true })
      await once(start({}), 'exit')
    }
    expect(readFileSync(at('installed'), 'utf8')).toBe('called\n')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s in the middle of an installation leaves no process',
    async (signal) => {
      rmSync(at('node_modules/.package-lock.json'))
      // Deaf, with a child of its own.
      const pidsPart = at('pids.part')
      script(
        'bin/npm',
        `trap '' TERM INT; sleep 60 & echo "$$ $!" > '${pidsPart}'; mv '${pidsPart}' '${at('pids')}'; wait; wait`,
      )
      start({})
      const pids = (await until('pids')).split(' ').map(Number)
      const asked = performance.now()
      child.kill(signal)
      const [code] = await once(child, 'exit')
      expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
      expect(performance.now() - asked).toBeLessThan(4000)
      await delay(50)
      expect(pids.map(startOf)).toEqual([null, null])
    },
  )

  it('names the remedy when npm fails, and ends with 1', async () => {
    rmSync(at('node_modules/.package-lock.json'))
    script('bin/npm', 'echo "npm error code ENOTFOUND" >&2; exit 1')
    let text = ''
    start({}).stderr?.on('data', (chunk) => {
      text += chunk
    })
    expect((await once(child, 'close'))[0]).toBe(1)
    expect(text).toContain('Check the network connection')
    expect(existsSync(at('noted'))).toBe(false)
  })
})
