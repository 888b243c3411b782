import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { noBackups, usualKey } from '../fixtures/scripted-backups.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { aSecret, noKeychain, someSecrets } from '../fixtures/scripted-secrets.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { BackupsPage } from './pages/backups-page.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'
import { SecretsPage } from './pages/secrets-page.ts'

describeWith(['chromium', 'cjk-font'], 'pictures of secrets and backups', () => {
  let browser: Browser
  const now = Date.now()
  const { running } = scriptedStates(now)
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  const missing = aSecret('OPENROUTER_API_KEY', {
    source: 'nowhere',
    stored: false,
    usedBy: ['models.providers.openrouter.apiKey'],
  })

  it.each(looks)('$scheme, $language, $width wide', async (look) => {
    const { scheme, language, width } = look
    const isZh = language === 'zh'
    const { secrets } = snapshotOf(running, now)
    const full = { ...secrets, secrets: [...someSecrets(now), missing], restartNeeded: true }
    const host = new ScriptedHost(snapshotOf(running, now, { secrets: full }))
    await host.open()
    // As high as most of the page is long: all of it is to be looked at.
    const opened = await openPage(browser, { scheme, language, width, height: width === 360 ? 1700 : 1100 })
    const { page } = opened
    const picture = (name: string) => judgePicture(opened, language, `${name}-${scheme}-${language}-${width}`)
    await page.goto(host.address())
    const secretsPage = new SecretsPage(page)
    await secretsPage.open()
    await secretsPage.act('ANTHROPIC_API_KEY', isZh ? '设置' : 'Set').click()
    await secretsPage.value.fill('sk-ant-of-this-picture')
    await picture('secrets')
    const backupsPage = new BackupsPage(page)
    await backupsPage.open()
    await picture('backups')
    if (isMixed(look)) {
      host.tellSecrets({ store: noKeychain, secrets: [missing], restartNeeded: false })
      await secretsPage.open()
      await page.locator('.store-choice').waitFor()
      await picture('secrets-no-keychain')

      host.tellBackups({ key: usualKey })
      await backupsPage.open()
      await backupsPage.act(1, isZh ? '恢复' : 'Restore').click()
      await page.locator('.preview-facts').waitFor()
      host.backups.holdsAt = 'packing'
      await backupsPage.button(isZh ? '立即备份' : 'Back up now').click()
      await page.locator('.health .job-brief', { hasText: '62%' }).waitFor()
      await picture('backups-restore')
      host.backups.goOn()
      await page.locator('.job-outcome').waitFor()

      const path = '/media/ann/backup-disk/moltbot'
      const folderProblem = problem('BACKUP_FOLDER_MISSING', { path })
      await backupsPage.button(isZh ? '取消' : 'Cancel').click()
      host.tellBackups(noBackups({ folder: path, folderProblem, last: null }))
      host.backups.holdsAt = null
      host.backups.failsWith = problem('BACKUP_WRONG_KEY', { path: `${path}/a.tar.gz.age` })
      await backupsPage.button(isZh ? '从其他文件恢复…' : 'Restore from another file …').click()
      await page.locator('.open-file input[type="text"]').fill(`${path}/a.tar.gz.age`)
      await page.keyboard.press('Enter')
      await page.locator('.restore .outcome').waitFor()
      await picture('backups-failed')
    }
    await opened.context.close()
    await host.close()
  })
})
