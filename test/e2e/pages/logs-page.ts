import type { Page } from 'playwright-core'

/** The Logs page, in the words a person sees. */
export class LogsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get list() {
    return this.page.getByRole('listbox')
  }
  get scroller() {
    return this.page.locator('.log-scroll')
  }
  get rows() {
    return this.page.locator('.log-row')
  }
  get search() {
    return this.page.locator('.log-search input')
  }
  get found() {
    return this.page.locator('.log-search-found')
  }
  get detail() {
    return this.page.locator('.log-detail')
  }
  get footer() {
    return this.page.locator('.log-footer')
  }
  get jump() {
    return this.page.locator('.log-jump button')
  }
  get active() {
    return this.page.locator('.log-row[data-active="true"]')
  }

  row(text: string) {
    return this.page.locator('.log-row', { hasText: text }).first()
  }
  button(name: string) {
    return this.page.locator('.logs').getByRole('button', { name, exact: true })
  }
  level(name: string) {
    return this.page.locator('.log-levels button', { hasText: name })
  }

  /** By the sidebar, as a person would. */
  async open(): Promise<void> {
    await this.page.locator('.frame-nav a[href="#/logs"]').click()
    await this.page.locator('.logs').waitFor()
  }

  /** The texts of the rows that are really in sight, top to bottom. */
  async inSight(): Promise<string[]> {
    return this.scroller.evaluate((scroller) => {
      const { top, bottom } = scroller.getBoundingClientRect()
      return [...scroller.querySelectorAll('.log-row')]
        .map((row) => ({
          box: row.getBoundingClientRect(),
          text: row.querySelector('.log-text, .log-mark')?.textContent ?? '',
        }))
        .filter(({ box }) => box.top >= top - 1 && box.bottom <= bottom + 1)
        .sort((a, b) => a.box.top - b.box.top)
        .map(({ text }) => text)
    })
  }

  /** Turns the wheel over the list. */
  async wheel(pixels: number): Promise<void> {
    await this.scroller.hover()
    await this.page.mouse.wheel(0, pixels)
  }

  async toTop(): Promise<void> {
    await this.scroller.hover()
    await this.scroller.evaluate((scroller) => {
      scroller.scrollTop = 0
    })
  }
}
