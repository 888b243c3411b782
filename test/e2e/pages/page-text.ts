import type { Page } from 'playwright-core'

/** What the page says in words, without what is code, output, a figure's unit or marked as another language. */
export function spokenText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const spoken: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      if (text && !node.parentElement?.closest('code, pre, script, style, body [lang]')) spoken.push(text)
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [alt]')) {
      for (const name of ['aria-label', 'title', 'alt']) {
        const text = element.getAttribute(name)
        if (text) spoken.push(text)
      }
    }
    return spoken
  })
}

const properNames = new Set([
  'Moltbot',
  'Desktop',
  'CPU',
  'API',
  'WhatsApp',
  'npm',
  'clawdbot',
  'openclaw',
  'age',
  'PID',
  'KB',
  'MB',
  'GB',
  'ms',
  'SIGKILL',
  'systemd',
  'launchd',
  'Ctrl',
  'Enter',
  'Esc',
  'Shift',
])

/** English words that are left in a text that should be Chinese. */
export function englishIn(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.match(/[A-Za-z][A-Za-z'’]+/g) ?? [])
    .filter((word) => !properNames.has(word))
}

/**
 * Characters of the page for which this machine has no glyph: each is drawn and compared with a
 * character that no font has.
 */
export function missingGlyphs(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 40
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no canvas')
    context.font = `24px ${getComputedStyle(document.body).fontFamily}`
    const draw = (character: string) => {
      context.clearRect(0, 0, 40, 40)
      context.fillText(character, 4, 30)
      return context.getImageData(0, 0, 40, 40).data.join()
    }
    const nothing = draw('\u{e5e5}')
    return [...new Set(document.body.innerText)].filter(
      (character) => /\S/.test(character) && draw(character) === nothing,
    )
  })
}
