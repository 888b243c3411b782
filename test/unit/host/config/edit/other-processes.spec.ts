import { spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editConfig } from '../../../../../host/config/edit/edit-config.ts'
import { writeGatewayPort } from '../../../../../host/config/edit-config-file.ts'
import { stateFolders } from '../state-folder.ts'

const text = "{\n  // Mine.\n  gateway: { port: 18789 },\n  logging: { redactPatterns: ['first'] },\n}\n"

const wantsAll = process.env.MOLTBOT_TEST_TRIALS !== undefined

describe('editors in several processes', () => {
  const stateFolder = stateFolders()

  function run(script: string, args: readonly string[], stateDir: string) {
    const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
      env: { PATH: process.env.PATH, MOLTBOT_STATE_DIR: stateDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
      })
    }
    return new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) =>
      child.once('close', (code, signal) => resolve({ code, signal, output })),
    )
  }

  it('two of them, 200 writes each: none is lost', async () => {
    const { paths, load } = stateFolder({ 'moltbot.json': text })
    const ends = await Promise.all(
      ['a', 'b'].map((mark) => run('edit-many.ts', [mark, '200'], paths.stateDir)),
    )
    expect(ends.map(({ code, output }) => [code, output])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const loaded = await load()
    if (!loaded.ok) throw new Error(loaded.code)
    const written = loaded.config.logging?.redactPatterns ?? []
    for (const mark of ['a', 'b']) {
      const own = Array.from({ length: 200 }, (_, at) => `${mark}-${at + 1}`)
      expect(written.filter((item) => item.startsWith(`${mark}-`))).toEqual(own)
    }
    expect(written).toHaveLength(401)
    const names = ['', '.bak.1', '.bak.2', '.bak.3', '.bak.4', '.bak.5'].map((end) => `moltbot.json${end}`)
    expect((await readdir(paths.stateDir)).sort()).toEqual(names)
    // Each backup is the file of one edit before.
    const sizes = names.map(
      (name) => readFileSync(join(paths.stateDir, name), 'utf8').match(/"[ab]-/g)?.length,
    )
    expect(sizes).toEqual([400, 399, 398, 397, 396, 395])
  }, 60_000)

  it('one that is killed at any step leaves the old file or the new one, and holds nobody up', async () => {
    const changed = text.replace('18789', '19001')
    const ends = ['', '.bak', '.bak.1', '.bak.2', '.bak.3', '.bak.4', '.bak.5']
    const withBackups = () => {
      const folder = stateFolder({ 'moltbot.json': text })
      chmodSync(folder.paths.configPath, 0o600)
      for (const end of ends) if (end) writeFileSync(folder.paths.configPath + end, end, { mode: 0o600 })
      return folder
    }
    const isDone = await run('edit-and-die.ts', ['0'], withBackups().paths.stateDir)
    const { changes } = JSON.parse(isDone.output)
    expect(changes).toBeGreaterThan(15)
    const found = new Set<string>()
    const steps = Array.from({ length: changes }, (_, at) => at + 1)
    // Each of them where trials are asked for; else every fourth, from another one each time, and the last two.
    const first = Math.floor(Math.random() * 4)
    const isChosen = (at: number) => wantsAll || at % 4 === first || at > changes - 2
    const trials = steps.filter(isChosen)
    await Promise.all([0, 1].map((lane) => inTurn(trials.filter((_, at) => at % 2 === lane))))
    expect(found).toEqual(new Set([text, changed]))

    async function inTurn(chosen: readonly number[]) {
      for (const step of chosen) {
        const { paths, load } = withBackups()
        const end = await run('edit-and-die.ts', [String(step)], paths.stateDir)
        expect(end, `step ${step}`).toMatchObject({ signal: 'SIGKILL', output: '' })
        found.add(readFileSync(paths.configPath, 'utf8'))
        const beside = (await readdir(paths.stateDir)).filter(
          (name) => !/^moltbot\.json(\.bak(\.[1-5])?)?$/.test(name),
        )
        expect(beside.every((name) => name.endsWith('.tmp') || name.startsWith('moltbot.json.lock'))).toBe(
          true,
        )
        for (const name of beside) expect((await lstat(join(paths.stateDir, name))).mode & 0o077).toBe(0)
        expect(await writeGatewayPort({ paths, env: {} }, 20_001)).toEqual({ ok: true })
        expect(await load()).toMatchObject({ config: { gateway: { port: 20_001 } } })
        const names = (await readdir(paths.stateDir)).sort()
        expect(names, `step ${step}`).toEqual(ends.map((end) => `moltbot.json${end}`))
        expect(readFileSync(`${paths.configPath}.bak`, 'utf8')).toBe('.bak')
      }
    }
  }, 60_000)
})

describe('leftovers', () => {
  const stateFolder = stateFolders()

  it('of the dead go with the next edit, and what may be of the living stays', async () => {
    const { paths } = stateFolder({ 'moltbot.json': text })
    const dead = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => dead.once('close', resolve))
    const living = `${paths.configPath}.lock.${process.ppid}`
    const others = [living, join(paths.stateDir, '.0123456789ab.tmp'), `${paths.configPath}.lock.mine`]
    const gone = ['', '.leaving'].map((end) => `${paths.configPath}.lock.${dead.pid}${end}`)
    // The same number in another boot, or of a process that began at another time, is another process.
    const former = { pid: process.ppid, startTime: '1', bootId: 'former', socketPath: '' }
    writeFileSync(`${living}.leaving`, JSON.stringify(former))
    gone.push(`${living}.leaving`, join(paths.stateDir, '.moltbot.json.edit-0123456789ab.tmp'))
    for (const path of [...others, ...gone.filter((path) => path !== `${living}.leaving`)]) {
      writeFileSync(path, '')
    }
    expect(await writeGatewayPort({ paths, env: {} }, 19_001)).toEqual({ ok: true })
    expect(others.filter((path) => !existsSync(path))).toEqual([])
    expect(gone.filter((path) => existsSync(path))).toEqual([])
  })
})

describe('backups', () => {
  const stateFolder = stateFolders()
  const set = (paths: ReturnType<typeof stateFolder>['paths'], port: number) =>
    editConfig({ paths, env: {} }, [{ key: ['gateway', 'port'], value: port }])

  it('are five at most, the newest first, readable by their owner only, and beside a link', async () => {
    const { paths } = stateFolder({ 'own/real.json5': text })
    symlinkSync('own/real.json5', paths.configPath)
    chmodSync(join(paths.stateDir, 'own/real.json5'), 0o644)
    for (let port = 1; port <= 7; port += 1) {
      expect(await set(paths, port)).toMatchObject({ ok: true, backup: { kept: true } })
    }
    const ports = ['.bak.1', '.bak.2', '.bak.3', '.bak.4', '.bak.5'].map(
      (end) => /port: (\d+)/.exec(readFileSync(paths.configPath + end, 'utf8'))?.[1],
    )
    expect(ports).toEqual(['6', '5', '4', '3', '2'])
    for (const end of ['.bak.1', '.bak.5']) {
      expect((await lstat(paths.configPath + end)).mode & 0o777).toBe(0o600)
    }
    expect(await readdir(paths.stateDir)).toHaveLength(7)
    expect(await readdir(join(paths.stateDir, 'own'))).toEqual(['real.json5'])
  })

  it("leave the owner's own copy alone, whatever it holds, and begin beside it", async () => {
    const { paths } = stateFolder({ 'moltbot.json': text })
    const copy = `${paths.configPath}.bak`
    copyFileSync(paths.configPath, copy)
    const before = await lstat(copy)
    for (let port = 1; port <= 7; port += 1) await set(paths, port)
    expect(readFileSync(copy, 'utf8')).toBe(text)
    expect(await lstat(copy)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
    copyFileSync(copy, paths.configPath)
    await set(paths, 8)
    expect(readFileSync(copy, 'utf8')).toBe(text)
    expect(readFileSync(`${copy}.1`, 'utf8')).toBe(text)
    expect(await readdir(paths.stateDir)).toHaveLength(7)
  })

  it.each([
    ['it is a link', (path: string) => symlinkSync('victim', path)],
    ['it is not a file', (path: string) => mkdirSync(path)],
  ])('leave alone what has their name and is none: %s', async (detail, plant) => {
    const { paths } = stateFolder({
      'moltbot.json': text,
      victim: 'untouched',
      'moltbot.json.bak.1': 'former',
    })
    const planted = `${paths.configPath}.bak.2`
    plant(planted)
    const before = await lstat(planted)
    expect(await set(paths, 7)).toMatchObject({ ok: true, backup: { kept: false, path: planted, detail } })
    expect(readFileSync(paths.configPath, 'utf8')).toBe(text.replace('18789', '7'))
    expect(readFileSync(join(paths.stateDir, 'victim'), 'utf8')).toBe('untouched')
    expect(readFileSync(`${paths.configPath}.bak.1`, 'utf8')).toBe('former')
    expect((await lstat(planted)).ino).toBe(before.ino)
  })

  it('never share their bytes with the file', async () => {
    const { paths } = stateFolder({ 'moltbot.json': text })
    linkSync(paths.configPath, join(paths.stateDir, 'second-name'))
    await set(paths, 7)
    writeFileSync(join(paths.stateDir, 'second-name'), 'edited in place')
    expect(readFileSync(`${paths.configPath}.bak.1`, 'utf8')).toBe(text)
  })
})
