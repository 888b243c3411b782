import type { Page } from 'playwright-core'

/** The Backups page, by what a person reads and presses. */
export class BackupsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(): Promise<void> {
    await this.page.evaluate(() => {
      location.hash = '#/backups'
    })
    await this.page.locator('.backups h1').waitFor()
  }

  get health() {
    return this.page.locator('.health')
  }
  get sheet() {
    return this.page.locator('.notice.sheet')
  }
  get rows() {
    return this.page.locator('.backup-table .table-row')
  }
  get more() {
    return this.page.locator('.backup-table .table-more')
  }
  /** A restore, from the look into the backup to its outcome. */
  get restore() {
    return this.page.locator('.restore')
  }
  /** The jobs beside every page. */
  get jobs() {
    return this.page.locator('.jobs-strip')
  }

  /** A button of the nth newest backup, by its words. */
  act(nth: number, words: string) {
    return this.rows.nth(nth).getByRole('button', { name: words })
  }
  button(words: string) {
    return this.page.locator('.backups').getByRole('button', { name: words, exact: true })
  }
  setting(label: string) {
    return this.page.locator('.row', { hasText: label })
  }
}
