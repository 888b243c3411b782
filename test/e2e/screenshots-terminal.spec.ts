import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import { launchChromium, openPage } from '../fixtures/open-page.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { ScriptedTerminals } from '../fixtures/scripted-terminal.ts'
import { describeWith } from '../setup/requirements.ts'
import { isMixed, judgePicture, looks } from './pages/judge-picture.ts'
import { TerminalPage } from './pages/terminal-page.ts'

const status = [
  '\u001b[1mGateway    \u001b[0m\u001b[32mRunning, answers in 34 ms\u001b[0m',
  '           pid 48213, up 20 min, version 0.1.0, http://127.0.0.1:18789',
  '\u001b[1mMemory     \u001b[0m93 MB (normal)',
  '\u001b[1mCPU        \u001b[0m0.4% (normal)',
  '\u001b[1mBackup     \u001b[0m9 h ago (1 MB), 7 kept; daily at 03:00',
  '\u001b[1mUpdates    \u001b[0m\u001b[33mMoltbot Desktop 0.2.0 can be installed: moltbot update\u001b[0m',
  '',
  '\u001b[31mred \u001b[32mgreen \u001b[33myellow \u001b[34mblue \u001b[35mmagenta \u001b[36mcyan \u001b[37mwhite \u001b[90mgrey\u001b[0m',
  '\u001b[41m error \u001b[0m \u001b[42m fine \u001b[0m \u001b[7m inverse \u001b[0m 日志 网关 備份 ▗▄▖ ├──┤',
].join('\r\n')

describeWith(['chromium', 'cjk-font'], 'pictures of the terminal', () => {
  let browser: Browser
  const now = Date.now()
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each(looks)('$scheme, $language, $width wide', async (look) => {
    const { scheme, language, width } = look
    const isZh = language === 'zh'
    const snapshot = snapshotOf(scriptedStates(now).running, now)
    const terminals = { ...snapshot.terminals, inBrowser: !isMixed(look) }
    const host = new ScriptedHost({ ...snapshot, terminals })
    const scripted = new ScriptedTerminals(host)
    await host.open()
    const opened = await openPage(browser, { scheme, language, width, height: width === 360 ? 740 : 800 })
    const { page } = opened
    const picture = (name: string) => judgePicture(opened, language, `${name}-${scheme}-${language}-${width}`)
    await page.goto(host.address())
    const terminal = new TerminalPage(page)
    await terminal.open()
    if (isMixed(look)) {
      await page.locator('.terminal-off').waitFor()
      await picture('terminal-off')
      host.tell('terminals', { inBrowser: true })
    }
    await terminal.prompt()
    scripted.print(
      scripted.last,
      `moltbot status\r\n${status}\r\n\u001b[32mann@desk\u001b[0m:\u001b[34m~\u001b[0m$ `,
    )
    await terminal.screen.getByText('grey').waitFor()
    await picture('terminal')
    if (isMixed(look)) {
      scripted.end(scripted.last, { exitCode: 0 })
      await terminal.end.waitFor()
      scripted.refusal = problem('TERMINALS_TOO_MANY', { limit: 8 })
      await terminal.button(isZh ? '新建' : 'New').click()
      await terminal.end.locator('.inline-problem').waitFor()
      await picture('terminal-refused')
      if (isZh) {
        await opened.context.close()
        return host.close()
      }
      await page.locator('.terminal-tab').first().click()
      await picture('terminal-ended')
      for (let count = 0; count < 2; count += 1) await terminal.button('Close').click()
      await page.locator('.terminal-none').waitFor()
      await picture('terminal-none')
    }
    await opened.context.close()
    await host.close()
  })
})
