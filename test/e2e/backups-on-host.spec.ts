import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { makeHome, type TestHome } from '../fixtures/host-under-test.ts'
import { processesWith } from '../fixtures/kernel.ts'
import { describeWith } from '../setup/requirements.ts'
import { type RealPage, realBrowser } from './drivers/real-surface.ts'
import { BackupsPage } from './pages/backups-page.ts'
import { SecretsPage } from './pages/secrets-page.ts'

const value = 'sk-ant-of-a-real-host-0123'

describeWith(['chromium', 'procfs'], 'secrets and backups of a real host', () => {
  const surface = realBrowser()
  let home: TestHome
  let open: RealPage | undefined

  beforeEach(async () => {
    home = await makeHome()
    await mkdir(home.stateDir, { mode: 0o700 })
  })
  afterEach(async () => {
    expect(open?.faults).toEqual([])
    await open?.leave()
    open = undefined
    const left = processesWith(home.folder)
    await home.remove()
    expect(left, 'processes left behind').toEqual([])
  })
  afterAll(() => surface.close())

  it('a secret is set, a backup made and restored, and the sheet written, all from the page', async () => {
    const config = `{ gateway: { port: ${home.gatewayPort} }, env: { vars: { KEY: '$\{ANTHROPIC_API_KEY}' } } }\n`
    await writeFile(join(home.stateDir, 'moltbot.json'), config, { mode: 0o600 })
    const note = join(home.stateDir, 'agents/main/note.md')
    await mkdir(join(home.stateDir, 'agents/main'), { recursive: true, mode: 0o700 })
    await writeFile(note, 'as it was\n', { mode: 0o600 })
    open = await surface.open(home)
    const { page } = open
    await page.locator('.state-line-word').waitFor()

    const secrets = new SecretsPage(page)
    await secrets.open()
    await secrets.missing.getByRole('button', { name: 'Set … ANTHROPIC_API_KEY' }).click()
    await secrets.value.fill(value)
    await secrets.value.press('Enter')
    await secrets.row('ANTHROPIC_API_KEY').waitFor()
    // This host asks no keychain, so its owner's choice is the readable file.
    expect(await readFile(join(home.stateDir, '.env'), 'utf8')).toContain(value)
    expect(await page.content()).not.toContain(value)

    // Its first start writes its token, which belongs in the backup.
    await page.locator('.state-line', { hasText: 'Running' }).waitFor({ timeout: 20_000 })
    const backups = new BackupsPage(page)
    await backups.open()
    await backups.button('Back up now').click()
    await backups.jobs.getByText('Backup made').waitFor({ timeout: 20_000 })
    await backups.rows.first().waitFor()
    const folder = await page.locator('#backup-folder').inputValue()
    const [name] = await readdir(folder)
    expect(name).toMatch(/^moltbot-\d{8}-\d{6}\.tar\.gz\.age$/)
    expect((await readFile(join(folder, String(name)))).toString('latin1')).toMatch(/^age-encryption\.org/)

    const sheet = join(home.folder, 'sheet.txt')
    await backups.sheet.locator('input').fill(sheet)
    await page.keyboard.press('Enter')
    await page.getByText(sheet).waitFor()
    expect(await readFile(sheet, 'utf8')).toContain('AGE-SECRET-KEY-1')
    expect((await stat(sheet)).mode & 0o777).toBe(0o600)
    expect(await page.content()).not.toContain('AGE-SECRET-KEY-1')

    await writeFile(note, 'as it became\n')
    await backups.act(0, 'Restore').click()
    await backups.restore.getByText('agents/main/note.md').waitFor({ timeout: 20_000 })
    expect(await readFile(note, 'utf8')).toBe('as it became\n')
    await backups.restore.getByRole('button', { name: 'Restore', exact: true }).click()
    await backups.restore.locator('.outcome-what').waitFor({ timeout: 30_000 })
    expect(await backups.restore.innerText()).toContain('The backup is restored')
    expect(await readFile(note, 'utf8')).toBe('as it was\n')
    const kept = await page.locator('.kept code').first().innerText()
    expect(await readFile(join(kept, 'agents/main/note.md'), 'utf8')).toBe('as it became\n')
  })
})
