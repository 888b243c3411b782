import type { Page } from 'playwright-core'

/** The Secrets page, by what a person reads and presses. */
export class SecretsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/secrets'
    })
    await this.page.locator('.secrets h1').waitFor()
  }

  get store() {
    return this.page.locator('.secret-store')
  }
  get missing() {
    return this.page.locator('.missing-secret')
  }
  get rows() {
    return this.page.locator('.secret-table .table-row')
  }
  /** What is said and done under the rows. */
  get more() {
    return this.page.locator('.secret-table .table-more')
  }
  get value() {
    return this.page.locator('.secrets textarea')
  }
  get name() {
    return this.page.locator('.add-secret input')
  }
  get notice() {
    return this.page.locator('.notice')
  }

  row(name: string) {
    return this.page.locator('.secret-table .table-row', { hasText: name })
  }
  /** A button of a secret's row, by its words. */
  act(name: string, words: string) {
    return this.row(name).getByRole('button', { name: words })
  }
  button(words: string) {
    return this.page.locator('.secrets').getByRole('button', { name: words, exact: true })
  }
}
