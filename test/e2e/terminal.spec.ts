import { expect, it } from 'vitest'
import { problem } from '../../shared/problem.ts'
import { until } from '../fixtures/host-under-test.ts'
import { ScriptedHost } from '../fixtures/scripted-host.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { ScriptedTerminals } from '../fixtures/scripted-terminal.ts'
import { describeWith } from '../setup/requirements.ts'
import { describeInBrowser } from './drivers/each-surface.ts'
import { windowSurface } from './drivers/window-surface.ts'
import { judgePicture } from './pages/judge-picture.ts'
import { openScripted } from './pages/scripted-page.ts'
import { TerminalPage } from './pages/terminal-page.ts'

describeInBrowser([], 'the Terminal page', (surface) => {
  async function openTerminal(inBrowser = true, prepare = (_terminals: ScriptedTerminals) => {}) {
    const now = Date.now()
    const snapshot = snapshotOf(scriptedStates(now).running, now)
    const terminals = { ...snapshot.terminals, inBrowser }
    const opened = await openScripted(surface, { ...snapshot, terminals })
    const scripted = new ScriptedTerminals(opened.host)
    prepare(scripted)
    const terminal = new TerminalPage(opened.page)
    await terminal.open()
    if (inBrowser && !scripted.refusal) await terminal.prompt()
    return { ...opened, scripted, terminal }
  }

  it('opens a shell, takes keys and commands to it, and shows what comes', async () => {
    const { page, scripted, terminal, host, faults, close } = await openTerminal()
    const typed = () => scripted.typed.get('terminal-1') ?? ''
    await terminal.enter('echo 字')
    await until(() => typed() === 'echo 字\r', `the keys, not ${typed()}`)
    await page.keyboard.press('Control+C')
    await page.keyboard.press('Tab')
    await until(() => typed().endsWith('\u0003\t'), 'keys that belong to the terminal')
    await terminal.button('moltbot security audit --deep').click()
    await until(() => typed().endsWith('moltbot security audit --deep\r'), 'the command')
    scripted.print('terminal-1', '\r\nall is well \u001b[1;31mred\u001b[0m\r\n')
    await terminal.screen.getByText('all is well').waitFor()
    // What is much is acknowledged, or the host would stop.
    for (let piece = 0; piece < 40; piece += 1) scripted.print('terminal-1', `${'line '.repeat(1_000)}\r\n`)
    await until(() => (scripted.acknowledged.get('terminal-1') ?? 0) > 130_000, 'the acknowledgement')

    const [first] = scripted.sizes
    await page.setViewportSize({ width: 700, height: 600 })
    await until(() => (scripted.sizes.at(-1)?.cols ?? 0) < (first?.cols ?? 0), 'another size')
    await page.setViewportSize({ width: 1280, height: 800 })

    // It goes on while another page is looked at.
    await page.locator('.frame-nav a[href="#/overview"]').click()
    scripted.print('terminal-1', 'said meanwhile\r\n')
    await terminal.open()
    await terminal.screen.getByText('said meanwhile').waitFor()
    expect(host.calls.filter((call) => call === 'terminal.open')).toHaveLength(1)

    await terminal.type('')
    await page.keyboard.press('Control+Shift+ArrowUp')
    await page.waitForFunction(() => document.activeElement?.id === 'terminal-commands')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('status')
    expect(faults).toEqual([])
    await close()
  })

  it('lets no program reach beyond its screen', async () => {
    const { page, scripted, terminal, faults, close } = await openTerminal()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(() => navigator.clipboard.writeText('mine'))
    const title = await page.title()
    const before = page.url()
    const hostile = [
      '\u001b]0;owned\u0007',
      '\u001b]2;owned\u0007',
      `\u001b]52;c;${Buffer.from('stolen').toString('base64')}\u0007`,
      '\u001b]52;c;?\u0007',
      '\u001b]8;;javascript:alert(1)\u0007a link\u001b]8;;\u0007 ',
      '\u001b]8;;https://example.org/\u0007another\u001b]8;;\u0007 ',
      '\u001b]9;notice\u0007\u001b]777;notify;a;b\u0007\u001b]1337;File=inline=1:AAAA\u0007',
      '\u001b[21t\u001b[8;5;5t\u001b[11t',
      '\u001bP$q"p\u001b\\\u001bP1;2|17/ab\u001b\\',
      '<img src=x onerror="document.title=1"><script>document.title=2</script>\r\n',
    ]
    scripted.print('terminal-1', hostile.join(''))
    await terminal.screen.getByText('onerror').waitFor()
    await terminal.screen.getByText('a link another').waitFor()
    const place = await terminal.screen.boundingBox()
    for (const x of [170, 250]) await page.mouse.click((place?.x ?? 0) + x, (place?.y ?? 0) + 8)
    expect(await page.title()).toBe(title)
    expect(page.url()).toBe(before)
    expect(page.context().pages()).toHaveLength(1)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine')
    expect(await terminal.root.locator('.terminal-frame :is(a, img, script)').count()).toBe(0)
    // Nothing of it was answered into the shell, where it would stand as if it had been typed.
    expect(scripted.typed.get('terminal-1') ?? '').not.toMatch(/owned|stolen|mine|\]52|\[8;|\]l/)

    // What is pasted stays within its brackets, whatever is in it.
    scripted.print('terminal-1', '\u001b[?2004h')
    await page.evaluate(() => navigator.clipboard.writeText('one\u001b[201~\ntwo\u0003'))
    await terminal.type('')
    await page.keyboard.press('Control+Shift+V')
    const pasted = '\u001b[200~one[201~\rtwo\u001b[201~'
    await until(() => (scripted.typed.get('terminal-1') ?? '').endsWith(pasted), 'what was pasted')
    await page.evaluate(() => navigator.clipboard.writeText('mine'))

    // A person copies, by key and by button.
    await page.mouse.dblclick((place?.x ?? 0) + 30, (place?.y ?? 0) + 8)
    await page.keyboard.press('Control+Shift+C')
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== 'mine')
    await page.evaluate(() => navigator.clipboard.writeText('echo pasted'))
    await terminal.button('Copy').click()
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== 'echo pasted')
    expect(faults).toEqual([])
    await close()
  })

  it('says how a terminal has ended, and opens another one in its place', async () => {
    const { page, host, scripted, terminal, faults, close } = await openTerminal()
    scripted.end('terminal-1', { exitCode: 3 })
    await terminal.end.getByText('Ended with code 3').waitFor()
    await terminal.type('lost')
    await terminal.end.getByRole('button', { name: 'Open again' }).click()
    await terminal.end.waitFor({ state: 'detached' })
    await until(() => scripted.last === 'terminal-2', 'another shell')
    await terminal.prompt()
    expect(scripted.typed.get('terminal-1')).toBeUndefined()

    scripted.refusal = problem('TERMINALS_TOO_MANY', { limit: 8 })
    await terminal.button('New').click()
    await terminal.end.getByText('No further terminal was opened').waitFor()
    scripted.refusal = null
    await terminal.end.getByRole('button', { name: 'Try again' }).click()
    await terminal.prompt()
    await terminal.button('Terminal 1').click()
    await terminal.type('one')
    await until(() => scripted.typed.get('terminal-2') === 'one', 'the keys in the first one')

    // Forbidden while it is in use.
    scripted.end('terminal-2', { signal: 'SIGHUP', problem: problem('TERMINAL_OFF_IN_BROWSER', {}) })
    host.tell('terminals', { inBrowser: false })
    await terminal.end.getByText('The terminal is off in the browser').waitFor()
    await terminal.button('Close').click()
    await terminal.button('Close').click()
    await page.getByText('moltbot terminal allow-browser', { exact: true }).first().waitFor()
    expect(scripted.closed).toEqual(['terminal-3'])
    host.tell('terminals', { inBrowser: true })
    await page.getByText('No terminal is open').waitFor()
    await page.getByRole('button', { name: 'Open a terminal' }).click()
    await terminal.prompt()
    expect(faults).toEqual([])
    await close()
  })

  it('is off until it is allowed, and is lost with its connection', async () => {
    const { page, host, scripted, terminal, faults, close } = await openTerminal(false, (scripted) => {
      scripted.delayMs = 900
    })
    await page.getByText('The terminal is off in the browser').waitFor()
    expect(host.calls).not.toContain('terminal.open')
    host.tell('terminals', { inBrowser: true })
    await page.getByText('Opening a shell').waitFor()
    await terminal.prompt()
    await terminal.type('half a li')
    if (host instanceof ScriptedHost) host.cutOff()
    await terminal.end.getByText('Ended, because the connection was lost').waitFor()
    await page.locator('.lost').waitFor({ state: 'detached' })
    scripted.delayMs = 0
    await terminal.end.getByRole('button', { name: 'Open again' }).click()
    await terminal.prompt()
    await until(() => scripted.last === 'terminal-2', 'another shell')
    expect(scripted.typed.get('terminal-2')).toBeUndefined()
    expect(faults.filter((fault) => !fault.includes('WebSocket'))).toEqual([])
    await close()
  })
})

describeWith(['chromium'], 'the Terminal page, window', () => {
  it('is there without being allowed, and has the switch for the browser', async () => {
    const now = Date.now()
    const opened = await openScripted(windowSurface(), snapshotOf(scriptedStates(now).running, now))
    const scripted = new ScriptedTerminals(opened.host)
    opened.host.on['terminal.allowInBrowser'] = ({ allowed }) =>
      opened.host.tell('terminals', { inBrowser: allowed })
    const terminal = new TerminalPage(opened.page)
    await terminal.open()
    await terminal.prompt()
    await terminal.enter('pwd')
    await until(() => scripted.typed.get('terminal-1') === 'pwd\r', 'the keys')
    const allow = terminal.root.getByRole('switch', { name: 'Allow in the browser' })
    expect(await allow.isChecked()).toBe(false)
    await judgePicture(opened, 'en', 'window-terminal-light-en')
    await allow.click()
    await until(() => allow.isChecked(), 'the switch')
    expect(opened.host.calls).toContain('terminal.allowInBrowser')
    await opened.close()
  })
})
