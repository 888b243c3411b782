import { afterAll, afterEach, expect, it } from 'vitest'
import type { Snapshot } from '../../shared/host-api.ts'
import { gatewayTokenName } from '../../shared/secrets.ts'
import { aSecret, lockedFile, noKeychain, someSecrets } from '../fixtures/scripted-secrets.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { browserSurface } from './drivers/browser-surface.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'
import { SecretsPage } from './pages/secrets-page.ts'

const value = 'sk-ant-0123456789abcdef'
const pem = '-----BEGIN KEY-----\nMIIB\n\tx=\n-----END KEY-----\n'

describeWith(['chromium'], 'secrets', () => {
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

  async function show(change: Partial<Snapshot['secrets']> = {}) {
    const snapshot = snapshotOf(running, now)
    open = await openScripted(surface, { ...snapshot, secrets: { ...snapshot.secrets, ...change } })
    const secrets = new SecretsPage(open.page)
    await secrets.open()
    return { ...open, secrets }
  }
  const focused = () =>
    open?.page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)
  /** All that the page holds of a text: what is drawn, typed, and stored. */
  const traces = (text: string) =>
    open?.page.evaluate(
      (sought) =>
        [
          document.documentElement.outerHTML,
          JSON.stringify({ ...localStorage }),
          JSON.stringify({ ...sessionStorage }),
          ...[...document.querySelectorAll('input, textarea')].map(
            (field) => (field as HTMLInputElement).value,
          ),
        ].filter((held) => held.includes(sought)).length,
      text,
    )
  const missing = aSecret('OPENROUTER_API_KEY', {
    source: 'nowhere',
    stored: false,
    usedBy: ['models.providers.openrouter.apiKey'],
  })

  it('are set: the value reaches the host and stays nowhere on the page', async () => {
    const { page, host, secrets } = await show()
    await secrets.act('ANTHROPIC_API_KEY', 'Set').click()
    await expect.poll(focused).not.toBe('ANTHROPIC_API_KEY-set')
    expect(await secrets.value.inputValue()).toBe('')
    const veil = () =>
      secrets.value.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'))
    expect([await veil(), await secrets.value.getAttribute('autocomplete')]).toEqual(['disc', 'off'])
    await secrets.button('Show').click()
    expect(await veil()).toBe('none')
    await secrets.button('Hide').click()
    await secrets.value.fill(`${value}\n`)
    expect(await traces(value)).toBe(1)
    await secrets.value.press('Enter')
    await secrets.row('ANTHROPIC_API_KEY').getByText('just now').waitFor()
    expect(host.secrets.values.get('ANTHROPIC_API_KEY')).toBe(value)
    expect(await traces(value)).toBe(0)
    await expect.poll(focused).toBe('ANTHROPIC_API_KEY-set')
    // In force only after a restart, and the button is there.
    await secrets.notice.getByRole('button', { name: 'Restart' }).click()
    expect(host.calls).toContain('gateway.restart')
    await page.reload()
    await page.locator('.secrets h1').waitFor()
    expect(await traces(value)).toBe(0)
  })

  it('of several lines are kept as they were pasted', async () => {
    const { page, host, secrets } = await show()
    await secrets.button('Add a secret').click()
    await secrets.name.fill('deploy key')
    expect(await secrets.name.inputValue()).toBe('DEPLOY_KEY')
    await page.keyboard.press('Tab')
    // As a clipboard of another system has it.
    await page.keyboard.insertText(pem.replaceAll('\n', '\r\n'))
    await secrets.button('Set').click()
    await secrets.row('DEPLOY_KEY').waitFor()
    expect(host.secrets.values.get('DEPLOY_KEY')).toBe(pem)
    await expect.poll(focused).toBe('secret-add')
  })

  it('that the host would refuse are not sent', async () => {
    const { host, secrets } = await show()
    await secrets.button('Add a secret').click()
    const wrong = [
      ['1_KEY', value, 'no digit first'],
      ['SHORT_KEY', 'abc', 'Too short'],
      ['LONG_KEY', 'x'.repeat(16 * 1024 + 1), 'Too long'],
      ['ODD_KEY', `${value}\u0007`, 'control character'],
    ] as const
    for (const [name, given, said] of wrong) {
      await secrets.name.fill(name)
      await secrets.value.fill(given)
      await secrets.button('Set').click()
      await secrets.page.locator('.field-wrong', { hasText: said }).waitFor()
    }
    expect(host.calls).not.toContain('secrets.set')
  })

  it('that were refused stay in the field with the reason, and no longer than that', async () => {
    const { host, secrets } = await show()
    host.tellSecrets({ store: { ...noKeychain, state: 'denied' } })
    await secrets.act('ANTHROPIC_API_KEY', 'Set').click()
    await secrets.value.fill(value)
    await secrets.value.press('Enter')
    await secrets.more.getByRole('alert').waitFor()
    expect(await secrets.value.inputValue()).toBe(value)
    expect(host.secrets.values.size).toBe(0)
    await secrets.value.press('Escape')
    await expect.poll(focused).toBe('ANTHROPIC_API_KEY-set')
    expect(await traces(value)).toBe(0)
    expect(await secrets.more.getByRole('alert').count()).toBe(0)
    // Left by the sidebar, the field is emptied before it goes.
    await secrets.act('ANTHROPIC_API_KEY', 'Set').click()
    await secrets.value.fill(value)
    const field = await secrets.value.elementHandle()
    await secrets.page.locator('.frame-nav a[href="#/overview"]').click()
    await secrets.page.locator('.overview').waitFor()
    expect(await field?.evaluate((element) => (element as HTMLTextAreaElement).value)).toBe('')
    await secrets.open()
    expect(await secrets.value.count()).toBe(0)
  })

  it('are deleted after a word of warning, and are missing then', async () => {
    const { page, host, secrets } = await show()
    await secrets.act('ANTHROPIC_API_KEY', 'Delete').click()
    expect(await secrets.more.first().innerText()).toContain('models.providers.anthropic.apiKey')
    // The harmless button has the focus.
    await page.keyboard.press('Enter')
    expect(host.calls).not.toContain('secrets.delete')
    await expect.poll(focused).toBe('ANTHROPIC_API_KEY-delete')
    await secrets.act('ANTHROPIC_API_KEY', 'Delete').click()
    await secrets.button('Delete').click()
    await secrets.missing.getByText('ANTHROPIC_API_KEY is missing').waitFor()
    expect(await secrets.row('ANTHROPIC_API_KEY').count()).toBe(0)
  })

  it('that are missing stand on top, and are set from there', async () => {
    const { host, secrets } = await show({ secrets: [...someSecrets(now), missing] })
    expect(await secrets.missing.innerText()).toContain('models.providers.openrouter.apiKey')
    await secrets.missing.getByRole('button', { name: 'Set … OPENROUTER_API_KEY' }).click()
    await secrets.value.fill(value)
    await secrets.value.press('Enter')
    await secrets.row('OPENROUTER_API_KEY').waitFor()
    expect(await secrets.missing.count()).toBe(0)
    expect(host.secrets.values.get('OPENROUTER_API_KEY')).toBe(value)
    // The token needs no thinking up.
    const token = aSecret(gatewayTokenName, { source: 'nowhere', stored: false, usedBy: ['gateway'] })
    host.tellSecrets({ secrets: [token] })
    await secrets.missing.getByRole('button', { name: 'Make a random one' }).click()
    await secrets.row(gatewayTokenName).getByText('just now').waitFor()
  })

  it('are moved out of the readable file, replaced, or left alone, by where they come from', async () => {
    const { host, secrets } = await show()
    await secrets.act('OPENAI_API_KEY', 'Set').click({ force: true })
    expect(await secrets.value.count()).toBe(0)
    expect(await secrets.act('OPENAI_API_KEY', 'Set').getAttribute('aria-disabled')).toBe('true')
    expect(await secrets.more.innerText()).toContain('environment')
    await secrets.act('TELEGRAM_BOT_TOKEN', 'Move into the keychain').click()
    await secrets.row('TELEGRAM_BOT_TOKEN').getByText('Keychain', { exact: true }).waitFor()
    expect(host.calls.filter((call) => call === 'secrets.move')).toHaveLength(1)
    await secrets.act('CLAWDBOT_GATEWAY_TOKEN', 'Replace').click()
    expect(await secrets.more.first().innerText()).toContain('are refused until they get the new one')
    await secrets.button('Replace the token').click()
    await secrets.row('CLAWDBOT_GATEWAY_TOKEN').getByText('just now').waitFor()
    expect(host.calls).toContain('secrets.rotateToken')
  })

  it('are kept in a sealed file where there is no keychain, with a passphrase typed twice', async () => {
    const { page, host, secrets } = await show({ store: noKeychain, secrets: [] })
    expect(await secrets.store.innerText()).toContain('There is no keychain in this session')
    const [first, second] = [page.locator('[name="passphrase"]'), page.locator('[name="again"]')]
    await first.fill('five unrelated words')
    await second.fill('five unrelated word')
    await secrets.button('Keep secrets here').click()
    await page.getByText('The two are not the same.').waitFor()
    expect(host.calls).not.toContain('secrets.useStore')
    await second.fill('five unrelated words')
    await secrets.button('Keep secrets here').click()
    await secrets.store.getByText('Ready').waitFor()
    expect(host.secrets.passphrase).toBe('five unrelated words')
    expect(await traces('five unrelated words')).toBe(0)
  })

  it('wait for the passphrase of a sealed file that is locked', async () => {
    const { page, host, secrets } = await show({ store: lockedFile, secrets: [] })
    // Asking a store that is locked might open a window; that is the owner's to begin.
    expect(host.calls).not.toContain('secrets.look')
    await secrets.button('Look again').click()
    await expect.poll(() => host.calls).toContain('secrets.look')
    const field = page.locator('[name="passphrase"]')
    await field.fill('wrong horse')
    await field.press('Enter')
    await secrets.store.getByText('The passphrase is not right').waitFor()
    expect(await field.inputValue()).toBe('')
    await field.fill('correct horse')
    await field.press('Enter')
    await secrets.store.getByText('Ready').waitFor()
    expect(await field.count()).toBe(0)
  })
})
