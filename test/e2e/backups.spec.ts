import { afterAll, afterEach, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/host-api.ts'
import { problem } from '../../shared/problem.ts'
import { aBackup, aWeekOfBackups, noBackups, usualKey } from '../fixtures/scripted-backups.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { browserSurface } from './drivers/browser-surface.ts'
import { BackupsPage } from './pages/backups-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

const identity = 'AGE-SECRET-KEY-1QQQ'

describeWith(['chromium'], 'backups', () => {
  const surface = browserSurface()
  let open: Scripted | undefined
  const now = Date.now()
  const { running } = scriptedStates(now)
  afterAll(() => surface.close())
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  async function show(change: Partial<Snapshot['backups']> = {}) {
    const snapshot = snapshotOf(running, now)
    open = await openScripted(surface, { ...snapshot, backups: { ...snapshot.backups, ...change } })
    const backups = new BackupsPage(open.page)
    await backups.open()
    return { ...open, backups }
  }
  const focused = () => open?.page.evaluate(() => document.activeElement?.id)

  it('say when the last one was made, that it was read back, and when the next one comes', async () => {
    const { backups, host } = await show()
    expect(await backups.health.innerText()).toMatch(
      /Backed up .* ago\s*read back and found whole\s*next one/,
    )
    host.tellBackups({ schedule: { ...aWeekOfBackups(now).schedule, overdueSince: now - 90_000_000 } })
    await backups.health.getByText('A backup is overdue').waitFor()
    host.tellBackups({
      last: {
        at: now,
        scheduled: true,
        problem: problem('BACKUP_NO_SPACE', { path: '/x', bytes: 9, limitBytes: 1 }),
      },
    })
    await backups.health.getByText('The last backup failed').waitFor()
    expect(await backups.health.locator('.remedy').innerText()).not.toBe('')
  })

  it('are made on request, with progress, cancel, and an end that is told', async () => {
    const { page, backups, host } = await show(noBackups())
    host.backups.holdsAt = 'packing'
    await backups.button('Back up now').click()
    const bar = page.getByRole('progressbar', { name: 'Making a backup' })
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('62')
    expect(await bar.getAttribute('aria-valuetext')).toBe('Packing and encrypting, 60 MB of 96 MB')
    await backups.button('Back up now').click({ force: true })
    host.backups.goOn()
    await backups.jobs.getByText('Backup made').waitFor()
    expect(host.calls.filter((call) => call === 'backups.create')).toHaveLength(1)
    expect(await backups.rows.count()).toBe(1)
    expect(await backups.health.innerText()).toContain('just now')
    expect(await page.locator('.frame-jobs [aria-live="polite"]').innerText()).toBe('Backup made')
    host.backups.holdsAt = 'copying'
    await backups.button('Back up now').click()
    await page.getByRole('button', { name: 'Cancel: Making a backup' }).click()
    await backups.jobs.getByText('Backup cancelled').waitFor()
    expect(await backups.rows.count()).toBe(1)
  })

  it('restore only after a preview, and say where the former state lies', async () => {
    const { page, backups, host } = await show()
    await backups.act(2, 'Restore').click()
    await backups.restore.getByText('What would be restored').waitFor()
    const told = await backups.restore.innerText()
    for (const part of ['studio', '3 added · 18 changed · 6 set aside', 'ANTHROPIC_API_KEY', 'link WhatsApp'])
      expect(told).toContain(part)
    await backups.button('Cancel').click()
    expect(await backups.restore.count()).toBe(0)
    expect(host.calls).not.toContain('backups.restore')
    await expect.poll(focused).toBe('backup-from-file')
    host.backups.holdsAt = 'swapping'
    await backups.act(2, 'Restore').click()
    await backups.button('Restore').click()
    await backups.restore.getByText('Putting it in place').waitFor()
    expect(await page.getByRole('button', { name: 'Cancel: Restoring a backup' }).count()).toBe(0)
    host.backups.goOn()
    await backups.restore.getByText('The backup is restored').waitFor()
    const kept = '/home/ann/.clawdbot.kept-20260130-101500'
    expect(await backups.restore.innerText()).toContain(kept)
    expect(await page.locator('.kept').innerText()).toContain(kept)
    await backups.button('Close').click()
    expect(await backups.restore.count()).toBe(0)
    // Read and closed: not told again on the next page.
    await page.locator('.frame-nav a[href="#/logs"]').click()
    await page.locator('.logs').waitFor()
    expect(await backups.jobs.count()).toBe(0)
  })

  it('find a restore again after the page was loaded anew', async () => {
    const { page, backups, host } = await show()
    host.backups.holdsAt = 'comparing'
    await backups.act(0, 'Restore').click()
    await backups.restore.getByText('Comparing').waitFor()
    await page.reload()
    await backups.restore.getByText('Comparing').waitFor()
    host.backups.goOn()
    await backups.restore.getByText('What would be restored').waitFor()
    // Whoever went elsewhere meanwhile is called back.
    await page.locator('.frame-nav a[href="#/logs"]').click()
    await backups.jobs.getByRole('link', { name: 'See' }).click()
    await backups.restore.getByText('What would be restored').waitFor()
    await page.reload()
    await backups.restore.getByText('What would be restored').waitFor()
    await backups.button('Cancel').click()
    await page.reload()
    await backups.rows.first().waitFor()
    expect(await backups.restore.count()).toBe(0)
  })

  it('of another machine open with the text of its recovery sheet', async () => {
    const { page, backups, host } = await show(noBackups())
    await backups.button('Restore from another file …').click()
    await page.keyboard.type('backup.age')
    await page.keyboard.press('Enter')
    await page.getByText('Write the whole path').waitFor()
    await page.locator('[name="file"]').fill('/media/usb/backup.age')
    await page.getByRole('radio', { name: 'Recovery sheet' }).check()
    await page.locator('[name="identity"]').fill('AGE-SECRET-KEY-OF-SOMEBODY')
    host.backups.opensWith = identity
    await backups.button('Look into it').click()
    await backups.restore.getByText('The backup cannot be restored').waitFor()
    await page.locator('[name="identity"]').fill(`# created\n${identity}\n`)
    await backups.button('Look into it').click()
    await backups.restore.getByText('What would be restored').waitFor()
    // Kept in memory only: a page that is loaded anew asks once more.
    await page.reload()
    await backups.restore.getByText('Give it once more').waitFor()
    expect(await backups.button('Restore').count()).toBe(0)
    await page.locator('[name="identity"]').fill(`# created\n${identity}\n`)
    await backups.button('Look into it').click()
    await backups.button('Restore').click()
    await backups.restore.getByText('The backup is restored').waitFor()
    expect(host.backups.asked.at(-1)).toEqual({
      file: '/media/usb/backup.age',
      identity: `# created\n${identity}\n`,
    })
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    expect(stored).not.toContain(identity)
  })

  it('that do not pass say so in their row', async () => {
    const { backups, host } = await show()
    host.backups.failsWith = problem('BACKUP_DAMAGED', { path: '/b.age', detail: 'chunk 7' })
    await backups.act(1, 'Verify').click()
    await backups.more.getByText('chunk 7').waitFor()
    expect(await backups.jobs.count()).toBe(0)
    // Another key would not mend it: none is asked for.
    await backups.act(1, 'Restore').click()
    await backups.restore.getByText('chunk 7').waitFor()
    expect(await backups.restore.locator('textarea').count()).toBe(0)
    await backups.button('Close').click()
    host.backups.failsWith = null
    await backups.act(3, 'Verify').click()
    await backups.rows.nth(3).getByText('just now').waitFor()
  })

  it('are deleted after a question', async () => {
    const { page, backups, host } = await show({ files: [aBackup(now - 3_600_000)] })
    await backups.act(0, 'Delete').click()
    expect(await backups.more.innerText()).toContain('Delete the only backup?')
    await page.keyboard.press('Escape')
    expect(await backups.rows.count()).toBe(1)
    await backups.act(0, 'Delete').click()
    await backups.button('Delete').click()
    await page.getByText('There is no backup yet').waitFor()
    expect(host.calls.filter((call) => call === 'backups.delete')).toHaveLength(1)
  })

  it('lead out of a folder that is not there', async () => {
    const path = '/media/ann/disk'
    const { page, backups, host } = await show({
      folder: path,
      folderProblem: problem('BACKUP_FOLDER_MISSING', { path }),
    })
    await backups.health.getByText(path).waitFor()
    await backups.button('Change the folder').click()
    expect(await focused()).toBe('backup-folder')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('backups')
    await page.getByText('Write the whole path').waitFor()
    await page.keyboard.press('Enter')
    expect(host.calls).not.toContain('backups.change')
    await page.locator('#backup-folder').fill('~/backups')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('#backup-folder').inputValue()).toBe('~/backups')
    expect(host.calls).toContain('backups.change')
    await expect.poll(() => backups.button('Save').count()).toBe(0)
  })

  it('keep to a schedule that is chosen here', async () => {
    const { page, backups, host } = await show(noBackups())
    await page.getByRole('switch', { name: 'Back up every day' }).check()
    await backups.health.getByText('next one').waitFor()
    const time = page.getByLabel('Time')
    await time.fill('25:00')
    await page.getByText('Enter a time such as').waitFor()
    await time.fill('4:30')
    await time.press('Enter')
    await expect.poll(() => time.inputValue()).toBe('04:30')
    const keep = page.getByLabel('Keep')
    await keep.fill('0')
    await page.getByText('from 1 to 365').waitFor()
    await keep.press('Escape')
    expect(await keep.inputValue()).toBe('7')
    expect(host.calls.filter((call) => call === 'backups.change')).toHaveLength(2)
  })

  it('are encrypted for what is chosen here', async () => {
    const { page, backups, host } = await show()
    await page.getByRole('radio', { name: 'Own age keys' }).check()
    await page.locator('[name="recipients"]').fill('not a key')
    await backups.button('Use from now on').click()
    await page.getByText('Each line must begin with').waitFor()
    expect(host.calls).not.toContain('backups.useKey')
    await page.locator('[name="recipients"]').fill('age1qqqqqqqq\nage1pppppppp')
    await backups.button('Use from now on').click()
    await page.locator('.key-facts', { hasText: 'age1pppppppp' }).waitFor()
    // What this machine cannot read by itself is asked for before it is looked into.
    await backups.act(0, 'Restore').click()
    await page.locator('[name="identity"]').waitFor()
    expect(host.backups.asked).toEqual([])
    await backups.restore.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('radio', { name: 'Passphrase' }).check()
    await page.locator('[name="passphrase"]').fill('short')
    await page.locator('[name="again"]').fill('short')
    await backups.button('Use from now on').click()
    await backups.setting('Encrypted for').getByRole('alert').waitFor()
    await backups.button('Cancel').click()
    expect(await page.getByRole('radio', { name: 'Own age keys' }).isChecked()).toBe(true)
  })

  it('ask for a recovery sheet until one was saved, and say where it is', async () => {
    const { page, backups } = await show({ key: usualKey })
    await backups.sheet.locator('input').fill('~/usb/sheet.txt')
    await page.keyboard.press('Enter')
    await page.getByText('/home/ann/usb/sheet.txt').waitFor()
    expect(await backups.sheet.count()).toBe(0)
    await backups.setting('Recovery sheet').getByRole('button', { name: 'Save again' }).click()
    await page.getByText('/home/ann/moltbot-recovery-sheet.txt').waitFor()
  })

  it('are listed also where there are many', async () => {
    const files = Array.from({ length: 450 }, (_none, index) => aBackup(now - index * 86_400_000))
    const { backups } = await show({ files })
    expect(await backups.rows.count()).toBe(200)
    await backups.button('Show 200 more').click()
    await backups.button('Show 50 more').click()
    expect(await backups.rows.count()).toBe(450)
  })
})
