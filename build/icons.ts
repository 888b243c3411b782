import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'
import { icns, icnsPixels } from './icons/icns.ts'
import { type IconFile, iconFiles, macAppIcon } from './icons/icon-files.ts'
import { root } from './prepare/root.mjs'
import { findChromium } from './test/chromium.ts'

// `npm run icons`: draws every icon anew from its sources. The results are committed, so that neither a
// build nor a start needs a browser.
const executablePath = findChromium()
if (executablePath === null) {
  console.error('The icons are drawn by Chromium, and none was found. Name one in MOLTBOT_TEST_CHROMIUM.')
  process.exit(1)
}
const icons = join(root, 'assets', 'icons')
const browser = await chromium.launch({ executablePath })
try {
  const page = await browser.newPage()
  const read = (source: string) => readFileSync(join(icons, source), 'utf8')
  for (const file of iconFiles(read)) write(file.path, await draw(file))
  const drawings = new Map<number, Buffer>()
  for (const pixels of icnsPixels) drawings.set(pixels, await draw(macAppIcon(read, pixels)))
  write('package/mac/moltbot.icns', icns(drawings))

  function write(name: string, bytes: Buffer): void {
    const path = join(icons, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }

  async function draw({ svg, color, pixels }: Omit<IconFile, 'path'>): Promise<Buffer> {
    await page.setViewportSize({ width: pixels, height: pixels })
    await page.setContent(
      `<style>html,body{margin:0;background:transparent;color:${color}}svg{display:block;width:${pixels}px;height:${pixels}px}</style>${svg}`,
    )
    return page.screenshot({ omitBackground: true })
  }
} finally {
  await browser.close()
}
