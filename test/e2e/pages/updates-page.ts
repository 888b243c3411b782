import type { Page } from 'playwright-core'

/** The Updates page, by what a person reads and presses. */
export class UpdatesPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/updates'
    })
    await this.page.locator('.updates h1').waitFor()
  }

  get headline() {
    return this.page.locator('.updates-answer h2')
  }
  get answer() {
    return this.page.locator('.updates-answer')
  }
  get app() {
    return this.page.locator('.group').first()
  }
  get gateway() {
    return this.page.locator('.group').nth(1)
  }
  get rows() {
    return this.page.locator('.gateway-table .table-row')
  }
  get jobs() {
    return this.page.locator('.jobs-strip')
  }

  button(words: string) {
    return this.page.locator('.updates').getByRole('button', { name: words, exact: true })
  }
  /** Waits until the headline reads so. */
  async says(words: string): Promise<void> {
    await this.page.locator('.updates-answer h2', { hasText: words }).waitFor()
  }
}
