import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe finds against WCAG 2 A and AA, a line each. */
export async function violations(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    // Our page has no frames; without them axe needs no second page, which costs more than the look itself.
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
