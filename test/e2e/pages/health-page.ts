import type { Page } from 'playwright-core'

/** The Health page, by what a person reads and presses. */
export class HealthPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/health'
    })
    await this.page.locator('.checks h1').waitFor()
  }

  get answer() {
    return this.page.locator('.check-answer')
  }
  get headline() {
    return this.page.locator('.check-answer h2')
  }
  get findings() {
    return this.page.locator('.finding[data-level]')
  }
  get mend() {
    return this.page.locator('.mend')
  }

  finding(words: string) {
    return this.page.locator('.finding', { hasText: words })
  }
  button(words: string | RegExp) {
    return this.page.locator('.checks').getByRole('button', { name: words })
  }
  choose(words: string) {
    return this.page.locator('.checks .segment', { hasText: words }).click()
  }
}
