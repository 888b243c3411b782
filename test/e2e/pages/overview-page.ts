import type { Page } from 'playwright-core'

/** The first page, in the words a person sees. */
export class OverviewPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get headline() {
    return this.page.locator('h1')
  }
  /** Why, and what to do: all that stands under the headline. */
  get detail() {
    return this.page.locator('.answer-detail')
  }
  get lastLines() {
    return this.page.locator('.last-lines pre')
  }
  /** The state at the top of every page. */
  get stateLine() {
    return this.page.getByRole('region', { name: /^(Gateway|网关)$/ })
  }
  get announced() {
    return this.page.getByRole('status')
  }
  get notice() {
    return this.page.getByRole('alert')
  }
  get chart() {
    return this.page.locator('.hour-plot')
  }
  get entries() {
    return this.page.locator('.entry')
  }

  /** A button of the header, by its whole label. */
  button(label: string) {
    return this.page.locator('.answer-acts').getByRole('button', { name: label, exact: true })
  }
  /** The labels of the header's buttons, in their order. */
  async buttons(): Promise<string[]> {
    return this.page.locator('.answer-acts button').allInnerTexts()
  }
  tile(label: string) {
    return this.page.getByRole('region', { name: label, exact: true })
  }
  async fact(label: string): Promise<string> {
    return this.page.locator('.fact', { hasText: label }).locator('dd').innerText()
  }
  entry(title: string) {
    return this.page.locator('.entry', { has: this.page.getByText(title, { exact: true }) }).first()
  }
  /** Waits until the headline reads so. */
  async says(headline: string): Promise<void> {
    await this.page.locator('h1', { hasText: headline }).waitFor()
  }
}
