import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { OpenPage } from '../../fixtures/open-page.ts'
import { violations } from './axe.ts'
import { englishIn, missingGlyphs, spokenText } from './page-text.ts'

const folder = fileURLToPath(new URL('../../../dist/screenshots/', import.meta.url))

/** Every way a page is pictured: two themes, two languages, a desktop's width and a telephone's. */
export const looks = (['light', 'dark'] as const).flatMap((scheme) =>
  (['en', 'zh'] as const).flatMap((language) =>
    ([1280, 360] as const).map((width) => ({ scheme, language, width })),
  ),
)

/** For states besides the usual one: in every language, theme and width, but not in every mixture of them. */
export const isMixed = ({ scheme, language, width }: (typeof looks)[number]) =>
  (scheme === 'light') === ((language === 'en') === (width === 1280))

/** Keeps a picture for people to look at, after what a program can say of it. */
export async function judgePicture(
  { page, faults }: Pick<OpenPage, 'page' | 'faults'>,
  language: 'en' | 'zh',
  name: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
  await page.screenshot({ path: `${folder}${name}.png` })
  const beyond = await page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement
    const isFramed = document.querySelector('.frame') !== null
    return [
      ...[document.documentElement, ...document.querySelectorAll('.frame-page')].map(
        (element) => element.scrollWidth - element.clientWidth,
      ),
      // Inside the frame the page scrolls, never the document: a second scrollbar would show in a window.
      isFramed ? scrollHeight - clientHeight : 0,
    ]
  })
  expect(beyond.filter((pixels) => pixels > 0)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language === 'zh' ? 'zh-CN' : 'en')
  expect(await missingGlyphs(page), name).toEqual([])
  const spoken = await spokenText(page)
  if (language === 'zh') expect(englishIn(spoken), name).toEqual([])
  else
    expect(
      spoken.filter((text) => /[\u3000-\u9fff\uff00-\uffef]/.test(text)),
      name,
    ).toEqual([])
  // Languages do not differ in what axe looks at: colours, names, roles.
  if (language === 'zh') expect(await violations(page), name).toEqual([])
  expect(faults).toEqual([])
}
