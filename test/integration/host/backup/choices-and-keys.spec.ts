import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { newIdentity, recipientOf } from '../../../../host/backup/keys/age-keys.ts'
import { problem } from '../../../../shared/problem.ts'
import { digestOf } from '../../../fixtures/tree-digest.ts'
import { keepingHomes, pathOf } from './keeping-home.ts'

const home = keepingHomes()
const refusal = problem('CONFIG_NOT_A_FILE', { path: 'x' })

describe('a restore that goes back', () => {
  it('gives back every secret as it was: those in the former .env, and those in the store', async () => {
    const { envFilePath, configPath, folder, open } = home()
    writeFileSync(
      configPath,
      `{ gateway: { auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" } }, x: "\${OTHER_KEY}" }`,
    )
    writeFileSync(envFilePath, 'OTHER_KEY=other-value-of-the-state\n')
    const { secrets, backups, end } = await open({ checkConfig: async () => refusal })
    await secrets.useStore('sealedFile', 'a long passphrase for it')
    await secrets.set('ANTHROPIC_API_KEY', 'value-in-the-backup')
    const path = pathOf(await end(backups.create({})))
    await secrets.delete('ANTHROPIC_API_KEY')
    rmSync(envFilePath, { force: true })
    writeFileSync(envFilePath, 'ANTHROPIC_API_KEY=value-of-the-owner\nOTHER_KEY=newer-other-value\n')
    await secrets.look()
    const before = digestOf(readFileSync(envFilePath))
    const stored = await secrets.readValues()

    const job = await end(backups.restore({ file: path }))
    expect(job.problem).toMatchObject({ code: 'RESTORE_UNDONE' })
    expect(digestOf(readFileSync(envFilePath))).toBe(before)
    expect(await secrets.readValues()).toEqual(stored)
    expect(existsSync(join(folder, 'state', 'moltbot.json'))).toBe(true)
  })

  it('leaves a token that a first run made as it was', async () => {
    const { configPath, open } = home()
    writeFileSync(configPath, `{ gateway: { auth: { token: "\${CLAWDBOT_GATEWAY_TOKEN}" } } }`)
    const old = await open()
    await old.secrets.useStore('sealedFile', 'a long passphrase for it')
    await old.secrets.set('CLAWDBOT_GATEWAY_TOKEN', 'token-of-the-lost-machine-0123456789')
    const identity = await newIdentity()
    const recipients = [await recipientOf(identity)]
    const path = pathOf(await old.end(old.backups.create({ recipients })))

    const fresh = home()
    const bad = await fresh.open({ checkConfig: async () => refusal })
    await bad.secrets.useStore('sealedFile', 'another long passphrase')
    await bad.secrets.ensureToken()
    const before = await bad.secrets.readValues()
    const job = await bad.end(bad.backups.restore({ file: path, identity }))
    expect(job.problem).toMatchObject({ code: 'RESTORE_UNDONE' })
    expect(await bad.secrets.readValues()).toEqual(before)
  })
})

describe('the key of this machine', () => {
  it('that is gone is replaced, and its sheet is asked for again: nobody could open what it closes', async () => {
    const { open, backupKeyPath, configPath, folder } = home()
    writeFileSync(configPath, '{}')
    const { backups, end } = await open()
    await end(backups.create({}))
    await backups.saveSheet(join(folder, 'sheet.txt'))
    const [former] = backups.view.key.recipients
    rmSync(backupKeyPath)
    const job = await end(backups.create({}))
    expect(job.result).toMatchObject({ verified: true })
    // The view follows a moment after the job has ended.
    await backups.look()
    expect(backups.view.key).toMatchObject({ sheetSavedAt: null })
    expect(backups.view.key.recipients).not.toEqual([former])
    expect((await end(backups.verify({ file: pathOf(job) }))).state).toBe('done')
  })

  it('given in the place of a recipient is written nowhere', async () => {
    const { open, hostDir } = home()
    const identity = await newIdentity()
    const { backups, end, jobs } = await open()
    const job = await end(backups.create({ recipients: [identity] }))
    expect(job.problem).toMatchObject({ code: 'BACKUP_RECIPIENT_INVALID' })
    await expect(backups.useKey({ mode: 'recipients', recipients: [identity] })).rejects.toThrow()
    await backups.settled()
    const kept = readdirSync(hostDir).map((name) => readFileSync(join(hostDir, name), 'utf8'))
    expect(JSON.stringify([jobs.view, backups.view, kept])).not.toContain(identity.slice(20))
  })
})

describe('the folder', () => {
  it('is not one inside the state, which a restore puts aside: by its name or through a link', async () => {
    const { stateDir, folder, open } = home()
    mkdirSync(join(stateDir, 'inside'))
    symlinkSync(join(stateDir, 'inside'), join(folder, 'link'))
    const { backups, end } = await open()
    for (const path of [stateDir, join(stateDir, 'new', 'deep'), join(folder, 'link')]) {
      await expect(backups.change({ folder: path }), path).rejects.toThrow(/BACKUP_FOLDER_UNUSABLE/)
    }
    const job = await end(backups.create({ to: join(folder, 'link') }))
    expect(job.problem).toMatchObject({ code: 'BACKUP_FOLDER_UNUSABLE' })
    expect(readdirSync(join(stateDir, 'inside'))).toEqual([])
  })

  it('gets no backup of half of two states', async () => {
    const { stateDir, open, backupFolder } = home()
    writeFileSync(join(stateDir, 'moltbot.json'), '{}')
    mkdirSync(join(stateDir, '.moltbot-restore'))
    writeFileSync(join(stateDir, '.moltbot-restore/journal.json'), 'damaged')
    const { backups, end } = await open()
    expect((await end(backups.create({}))).problem).toMatchObject({ code: 'RESTORE_INTERRUPTED' })
    expect(existsSync(backupFolder)).toBe(false)
  })
})

describe('what the owner chose', () => {
  it('is said to be lost where its file is damaged, until something is chosen again', async () => {
    const { backupsPath, open } = home()
    writeFileSync(backupsPath, '{ damaged')
    const { backups } = await open()
    expect(backups.view.choicesProblem).toMatchObject({ code: 'SETTINGS_SET_ASIDE' })
    expect((await backups.change({ keep: 3 })).choicesProblem).toBeNull()
  })

  it('counts only once it is kept: a disk that takes nothing is a failure, not a silent loss', async () => {
    const { backupsPath, open } = home()
    const { backups } = await open()
    await backups.settled()
    rmSync(backupsPath, { force: true })
    mkdirSync(join(backupsPath, 'in the way'), { recursive: true })
    const recipients = [await recipientOf(await newIdentity())]
    await expect(backups.change({ enabled: false })).rejects.toThrow(/SETTINGS_NOT_WRITTEN/)
    await expect(backups.useKey({ mode: 'recipients', recipients })).rejects.toThrow(/SETTINGS_NOT_WRITTEN/)
    expect(backups.view).toMatchObject({ schedule: { enabled: true }, key: { mode: 'key' } })
  })

  it('of another kind leaves what is overdue, and what failed, as it is', async () => {
    const { backupsPath, configPath, folder, open, noted } = home()
    writeFileSync(configPath, '{}')
    const first = await open()
    await first.backups.settled()
    const record = JSON.parse(readFileSync(backupsPath, 'utf8'))
    const longAgo = Date.now() - 5 * 86_400_000
    const last = { at: longAgo, problem: problem('BACKUP_FOLDER_MISSING', { path: 'x' }), scheduled: true }
    writeFileSync(backupsPath, JSON.stringify({ ...record, since: longAgo, lastDoneAt: longAgo, last }))
    const { backups, end } = await open()
    expect(backups.view.schedule.overdueSince).not.toBeNull()
    await backups.change({ keep: 10 })
    mkdirSync(join(folder, 'elsewhere'))
    await end(backups.create({ to: join(folder, 'elsewhere') }))
    expect(backups.view.schedule.overdueSince).not.toBeNull()
    expect(backups.view.last).toMatchObject({ problem: { code: 'BACKUP_FOLDER_MISSING' } })
    expect(noted).toContain('backupMade')
    await backups.change({ at: '04:00' })
    expect(backups.view.schedule.overdueSince).not.toBeNull()
  })
})

it('a .env that a restore brings is read as the state has it', async () => {
  const { envFilePath, configPath, open } = home()
  writeFileSync(configPath, '{}')
  writeFileSync(envFilePath, 'OTHER_KEY=value-of-then\n')
  const { backups, end } = await open()
  const path = pathOf(await end(backups.create({})))
  writeFileSync(envFilePath, 'OTHER_KEY=value-of-now\n')
  expect((await end(backups.restore({ file: path }))).state).toBe('done')
  expect(parseEnv(readFileSync(envFilePath, 'utf8'))).toEqual({ OTHER_KEY: 'value-of-then' })
})
