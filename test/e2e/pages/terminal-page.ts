import type { Locator, Page } from 'playwright-core'

export class TerminalPage {
  readonly page: Page
  readonly root: Locator

  constructor(page: Page) {
    this.page = page
    this.root = page.locator('.terminal-page')
  }

  async open(): Promise<void> {
    await this.page.locator('.frame-nav a[href="#/terminal"]').click()
    await this.root.waitFor()
  }

  /** What of the terminal can be seen: the renderer's own lines, without what has scrolled away. */
  get screen(): Locator {
    return this.root.locator('.xterm-rows')
  }

  get end(): Locator {
    return this.root.locator('.terminal-end')
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true })
  }

  /** The shell has printed its prompt. */
  async prompt(): Promise<void> {
    await this.screen.filter({ hasText: /[$#%>]/ }).waitFor()
  }

  async type(text: string): Promise<void> {
    await this.root.locator('.xterm-helper-textarea').focus()
    await this.page.keyboard.type(text)
  }

  async enter(line: string): Promise<void> {
    await this.type(line)
    await this.page.keyboard.press('Enter')
  }
}
