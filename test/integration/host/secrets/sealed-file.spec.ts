import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SealedStore } from '../../../../host/secrets/sealed-store.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { describeWith } from '../../../setup/requirements.ts'
import { problemOf, SecretsHome } from './secrets-home.ts'

const value = 'sk-canary-of-the-sealed-file-0815'
let home: SecretsHome

beforeEach(async () => {
  home = await SecretsHome.make()
})
afterEach(() => home.remove())

describe('secrets in a sealed file', () => {
  const passphrase = 'four words of mine'

  it('are open for whoever has the passphrase, as long as the host runs', async () => {
    await writeFile(home.envFilePath, `OPENAI_API_KEY=${value}\nMODE=quiet\n`)
    const secrets = await home.open()
    expect((await problemOf(secrets.useStore('sealedFile'))).code).toBe('PASSPHRASE_NEEDED')
    await secrets.useStore('sealedFile', passphrase)
    expect(await readFile(home.envFilePath, 'utf8')).toBe('MODE=quiet\n')
    expect(await readFile(home.sealedPath, 'latin1')).not.toContain('canary')
    expect(statSync(home.sealedPath).mode & 0o777).toBe(0o600)
    await home.close()

    const later = await home.open()
    expect(later.view.store).toMatchObject({ kind: 'sealedFile', state: 'locked' })
    expect(later.storedNames).toEqual(['OPENAI_API_KEY'])
    expect(await later.readValues()).toMatchObject({ ok: false, code: 'SEALED_FILE_LOCKED' })
    expect((await problemOf(later.unlock('another passphrase'))).code).toBe('SEALED_FILE_WRONG_PASSPHRASE')
    expect(await later.isReady()).toBe(false)
    const view = await later.unlock(passphrase)
    expect(view.store).toMatchObject({ state: 'ready', problem: null })
    expect(await later.readValues()).toEqual({ ok: true, values: { OPENAI_API_KEY: value } })
    expect(JSON.stringify(view)).not.toContain(passphrase)
  })

  it('are found again where the index is lost, and never written over without their passphrase', async () => {
    const secrets = await home.open()
    await secrets.set('OPENAI_API_KEY', value)
    await secrets.useStore('sealedFile', passphrase)
    await home.close()
    await rm(home.indexPath)
    const later = await home.open()
    expect(later.view.store).toMatchObject({ kind: 'sealedFile', state: 'locked' })
    await later.unlock(passphrase)
    expect(later.storedNames).toEqual(['OPENAI_API_KEY'])
    await home.close()

    await writeFile(home.indexPath, JSON.stringify({ kind: 'envFile', secrets: {} }))
    const other = await home.open()
    expect((await problemOf(other.useStore('sealedFile', 'another passphrase'))).code).toBe(
      'SEALED_FILE_WRONG_PASSPHRASE',
    )
    await other.useStore('sealedFile', passphrase)
    expect(await other.readValues()).toEqual({ ok: true, values: { OPENAI_API_KEY: value } })
  })

  it('say what is wrong with a file that is cut short, flipped, foreign or gone', async () => {
    const secrets = await home.open()
    await secrets.set('OPENAI_API_KEY', value)
    await secrets.useStore('sealedFile', passphrase)
    await home.close()
    const whole = await readFile(home.sealedPath)
    const flipped = Buffer.from(whole)
    flipped[whole.length - 3] = (flipped[whole.length - 3] ?? 0) ^ 1
    for (const bytes of [whole.subarray(0, -20), flipped, Buffer.from('something else'), Buffer.alloc(0)]) {
      await writeFile(home.sealedPath, bytes)
      const later = await home.open()
      expect((await problemOf(later.unlock(passphrase))).code).toBe('SEALED_FILE_UNREADABLE')
      expect(await readFile(home.sealedPath)).toEqual(bytes)
    }
    await rm(home.sealedPath)
    const later = await home.open()
    expect(later.view.store.state).toBe('absent')
    expect(await later.readValues()).toMatchObject({ ok: false, code: 'SEALED_FILE_UNREADABLE' })
    // Whoever has lost it can begin anew.
    await later.useStore('envFile')
    await later.set('OPENAI_API_KEY', value)
    expect((await home.envFile()).OPENAI_API_KEY).toBe(value)
  })

  it('change nothing where the disk does not take them', async () => {
    const secrets = await home.open()
    await secrets.set('OPENAI_API_KEY', value)
    await rename(join(home.folder, 'host'), join(home.folder, 'unplugged'))
    expect((await problemOf(secrets.useStore('sealedFile', passphrase))).code).toBe('ENV_FILE_NOT_WRITTEN')
    expect(secrets.view.store.kind).toBe('envFile')
    expect((await home.envFile()).OPENAI_API_KEY).toBe(value)
  })

  it('keep a value that .env cannot hold from being moved there half', async () => {
    const secrets = await home.open()
    await secrets.set('A_KEY', value)
    await secrets.useStore('sealedFile', passphrase)
    await secrets.set('B_KEY', 'a value with \' and " and `')
    expect((await problemOf(secrets.useStore('envFile'))).code).toBe('ENV_FILE_CANNOT_HOLD')
    expect(secrets.view.store.kind).toBe('sealedFile')
    expect(await home.envFile()).toEqual({})
    expect(await secrets.readValues()).toMatchObject({ ok: true, values: { A_KEY: value } })
  })
})

describeWith(['age', 'procfs'], 'a sealed file', () => {
  it('opens with age and its passphrase', async () => {
    const store = new SealedStore(home.sealedPath)
    await store.create('four words of mine', { OPENAI_API_KEY: `${value}\n中文 😀` })
    // age asks at a terminal only.
    const age = spawn('script', ['-qec', `age -d -o ${home.folder}/opened ${home.sealedPath}`, '/dev/null'])
    let said = ''
    age.stdout.on('data', (chunk) => {
      said += chunk
    })
    await until(() => said.includes('passphrase'), 'the question for the passphrase')
    age.stdin.write('four words of mine\r')
    await new Promise((resolve) => age.once('close', resolve))
    expect(JSON.parse(await readFile(join(home.folder, 'opened'), 'utf8'))).toEqual({
      version: 1,
      values: { OPENAI_API_KEY: `${value}\n中文 😀` },
    })
  })

  it('is sealed and opened without holding up the event loop', async () => {
    const store = new SealedStore(home.sealedPath)
    await store.create('four words of mine', {}) // loads what is needed
    const before = process.threadCpuUsage()
    const all = process.cpuUsage()
    await store.set('OPENAI_API_KEY', value)
    await new SealedStore(home.sealedPath).unlock('four words of mine')
    const { user, system } = process.threadCpuUsage(before)
    expect(process.cpuUsage(all).user / 1000).toBeGreaterThan(200)
    expect((user + system) / 1000).toBeLessThan(50)
  })
})
