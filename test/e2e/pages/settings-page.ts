import type { Page } from 'playwright-core'

/** The settings, by what a person reads and presses. */
export class SettingsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/settings'
    })
    await this.page.locator('.settings h1').waitFor()
  }

  /** The whole row of a setting, with what is said about it. */
  row(label: string) {
    return this.page.locator('.row', { hasText: label })
  }
  choice(group: string, label: string) {
    return this.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: label })
  }
  switch(label: string) {
    return this.page.getByRole('switch', { name: label })
  }
  get port() {
    return this.page.locator('.port-field')
  }
  button(label: string) {
    return this.page.locator('.settings').getByRole('button', { name: label, exact: true })
  }
  /** The colour behind everything. */
  background(): Promise<string> {
    return this.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  }
}
