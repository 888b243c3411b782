import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StandInDriver } from '../../e2e/drivers/stand-in-driver.ts'
import { until } from '../../fixtures/host-under-test.ts'
import { describeWith } from '../../setup/requirements.ts'

/** Main scripts of a few lines each: what Electron would do with them, the stand-in does, too. */
let folder: string
const started: StandInDriver[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-stand-in-'))
  await mkdir(join(folder, 'data'))
})
afterEach(async () => {
  for (const app of started.splice(0)) await app.end()
  await rm(folder, { recursive: true, force: true })
})

async function run(source: string, more: { args?: string[] } = {}): Promise<StandInDriver> {
  const main = join(folder, `main-${started.length}.mjs`)
  await writeFile(
    main,
    `import { app, BrowserWindow, Tray, Menu, Notification, ipcMain, protocol, session, screen, nativeTheme, dialog, nativeImage, powerMonitor } from 'electron'
     const say = (text) => process.stdout.write(text + '\\n')
     const told = (act) => { try { return String(act()) } catch (error) { return error.message } }
     app.setPath('userData', ${JSON.stringify(join(folder, 'data'))})
     ${source}`,
  )
  const { PATH, MOLTBOT_TEST_RUN } = process.env
  const app = StandInDriver.start({ env: { PATH, MOLTBOT_TEST_RUN, HOME: folder }, main, ...more })
  started.push(app)
  return app
}

/** What it said until it ended. */
async function said(source: string): Promise<string[]> {
  const app = await run(source)
  await app.exited
  return app.output().trim().split('\n')
}

describe('the Electron stand-in: before and after ready', () => {
  it('is ready only once the main script has been evaluated', async () => {
    expect(
      await said(`app.on('ready', () => { say('ready ' + app.isReady()); app.exit(0) })
        await new Promise((done) => setTimeout(done, 50))
        say('evaluated ' + app.isReady())`),
    ).toEqual(['evaluated false', 'ready true'])
  })

  it('refuses before ready what Electron refuses then', async () => {
    const lines = await said(`
      say(told(() => new Tray('x.png')))
      say(told(() => new BrowserWindow()))
      say(told(() => new Notification()))
      say(told(() => session.defaultSession))
      say(told(() => screen.getPrimaryDisplay()))
      app.exit(0)`)
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(line).toContain('before app is ready')
  })

  it('registers schemes before ready only, and once', async () => {
    expect(
      await said(`
      const scheme = [{ scheme: 'a', privileges: { standard: true, secure: true, supportFetchAPI: true } }]
      say(told(() => protocol.registerSchemesAsPrivileged(scheme)))
      say(told(() => protocol.registerSchemesAsPrivileged(scheme)))
      app.whenReady().then(() => { say(told(() => protocol.registerSchemesAsPrivileged(scheme))); app.exit(0) })`),
    ).toEqual([
      'undefined',
      expect.stringContaining('second'),
      expect.stringContaining('before app is ready'),
    ])
  })

  it('fails by name for what it does not model: members, options, events', async () => {
    expect(
      await said(`
      say(told(() => app.moveToApplicationsFolder()))
      say(told(() => app.on('gpu-info-update', () => {})))
      app.whenReady().then(() => {
        say(told(() => new BrowserWindow({ kiosk: true })))
        say(told(() => new BrowserWindow({ webPreferences: { sandbox: false } })))
        say(told(() => new Tray('/nowhere.png')))
        say(String(nativeImage.createFromPath('/nowhere.png').isEmpty()))
        app.exit(0)
      })`),
    ).toEqual([
      'The Electron stand-in does not model app.moveToApplicationsFolder.',
      'The Electron stand-in does not model the event gpu-info-update of app.',
      'The Electron stand-in does not model BrowserWindow {kiosk}.',
      'The Electron stand-in does not model webPreferences.sandbox: false.',
      "Failed to load image from path '/nowhere.png'",
      'true',
    ])
  })
})

describe('the Electron stand-in: the end', () => {
  const events = `for (const name of ['before-quit', 'will-quit', 'quit']) app.on(name, () => say(name))`

  it('quits in order', async () => {
    expect(
      await said(`${events}
      app.whenReady().then(() => {
        const window = new BrowserWindow()
        window.on('close', () => say('close'))
        window.on('closed', () => say('closed'))
        app.quit()
      })`),
    ).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit'])
  })

  it.each(['before-quit', 'close', 'will-quit'])(
    'the whole quit is off where %s is prevented, and can be asked for again',
    async (what) => {
      const lines = await said(`${events}
      app.whenReady().then(() => {
        let times = 0
        const once = (event) => { times += 1; if (times === 1) event.preventDefault() }
        const window = new BrowserWindow()
        if (${JSON.stringify(what)} === 'close') window.on('close', once)
        else app.on(${JSON.stringify(what)}, once)
        app.quit()
        setTimeout(() => { say('again'); app.quit() }, 50)
      })`)
      const [first, second] = lines.join(' ').split(' again ')
      expect(first).not.toContain('quit quit')
      expect(second).toBe('before-quit will-quit quit')
    },
  )

  it('app.exit and process.exit skip what could hold them, but not quit', async () => {
    for (const way of ['app.exit(7)', 'process.exit(7)']) {
      const app = await run(
        `${events}; app.whenReady().then(() => { new BrowserWindow().on('close', () => say('close')); ${way} })`,
      )
      expect(await app.exited).toBe(7)
      expect(app.output()).toBe('quit\n')
    }
  })

  it('ends with its last window, unless somebody listens for that', async () => {
    expect(await said(`${events}; app.whenReady().then(() => new BrowserWindow().close())`)).toEqual([
      'before-quit',
      'will-quit',
      'quit',
    ])
    const app = await run(
      `app.on('window-all-closed', () => say('stays')); app.whenReady().then(() => new BrowserWindow().close())`,
    )
    await until(() => app.output() === 'stays\n', 'the event')
    expect(await app.ask('windows')).toEqual([])
  })

  it('the first signal quits and the second one kills; handlers set too early are lost', async () => {
    const held = `app.on('before-quit', (event) => { say('held'); event.preventDefault() })
      process.on('SIGTERM', () => say('too early'))`
    const app = await run(`${held}; app.whenReady().then(() => say('ready'))`)
    await until(() => app.output().includes('ready'), 'ready')
    process.kill(app.pid, 'SIGTERM')
    await until(() => app.output().includes('held'), 'the quit')
    process.kill(app.pid, 'SIGTERM')
    expect(await app.exited).toBe('SIGTERM')
    expect(app.output()).not.toContain('too early')

    const other = await run(
      `${held}; app.whenReady().then(() => { process.on('SIGTERM', () => say('mine')); say('ready') })`,
    )
    await until(() => other.output().includes('ready'), 'ready')
    for (let times = 1; times <= 2; times++) {
      process.kill(other.pid, 'SIGTERM')
      await until(() => other.output().split('mine').length === times + 1, 'the handler')
    }
    expect(other.output()).not.toContain('held')
    process.kill(other.pid, 'SIGKILL')
  })

  it('a second instance loses, and tells the first who it is', async () => {
    const first = await run(`app.requestSingleInstanceLock()
      app.on('second-instance', (event, argv, cwd, data) => say(argv.at(-1) + ' ' + cwd + ' ' + JSON.stringify(data)))
      app.whenReady().then(() => say('ready'))`)
    await until(() => first.output().includes('ready'), 'ready')
    const second = await run(
      `say(String(app.requestSingleInstanceLock({ a: [1, { b: 'c' }] }))); app.exit(0)`,
      { args: ['--x'] },
    )
    expect(await second.exited).toBe(0)
    expect(second.output()).toBe('false\n')
    await until(() => first.output().includes('--x'), 'the other')
    expect(first.output()).toContain(`--x ${process.cwd()} {"a":[1,{"b":"c"}]}`)
    process.kill(first.pid, 'SIGKILL')
    await first.exited
    expect(await said(`say(String(app.requestSingleInstanceLock())); app.exit(0)`)).toEqual(['true'])
  })
})

describeWith(['chromium'], 'the Electron stand-in: between the worlds', () => {
  const page = (preload: string) =>
    `
    protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
    app.whenReady().then(() => {
      protocol.handle('app', () => new Response('<title>page</title>', { headers: { 'content-type': 'text/html' } }))
      ipcMain.handle('echo', (_event, ...args) => args)
      ipcMain.handle('fail', () => { throw Object.assign(new RangeError('too far'), { code: 'X' }) })
      ipcMain.handle('function', () => () => 1)
      ipcMain.handle('who', ({ senderFrame }) => ({ url: senderFrame.url, origin: senderFrame.origin, parent: senderFrame.parent }))
      const window = new BrowserWindow({ webPreferences: { preload: ${JSON.stringify('PRELOAD')} } })
      window.loadURL('app://host/page').then(() => window.webContents.send('news', { a: 1 }))
    })`.replace('PRELOAD', preload)

  it('contextBridge copies, proxies and drops what Electron copies, proxies and drops', async () => {
    const preload = join(folder, 'preload.cjs')
    await writeFile(
      preload,
      `const { contextBridge, ipcRenderer } = require('electron')
       class Thing { constructor() { this.own = 1 } method() {} }
       let heard = []
       contextBridge.exposeInMainWorld('api', {
         text: 'x', list: [1, { deep: true }], date: new Date(5), bytes: new Uint8Array([1, 2]),
         thing: new Thing(), ipcRenderer,
         add: (a, b) => a + b, later: async (value) => ({ value }), fails: () => { throw Object.assign(new Error('broken'), { code: 'X' }) },
         rejects: async () => { throw new Error('later') }, call: (act) => act({ from: 'preload' }),
         symbol: () => Symbol('s'), errorOf: (require) => 0,
         invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
         heard: () => heard,
       })
       ipcRenderer.on('news', (event, value) => heard.push(value))
       let again = ''
       try { contextBridge.exposeInMainWorld('api', {}) } catch (error) { again = error.message }
       let fs = ''
       try { require('fs') } catch (error) { fs = error.message }
       contextBridge.exposeInMainWorld('told', { again, fs, hasNode: typeof Buffer + typeof global })`,
    )
    const view = await (await run(page(preload))).page()
    await view.waitForFunction(() => document.title === 'page' && 'told' in window)
    const seen = await view.evaluate(async () => {
      // What the preload above exposes.
      const { api, told } = window as unknown as { api: Record<string, never>; told: unknown }
      const a = api as unknown as {
        [name: string]: unknown
        add(a: number, b: number): number
        call(act: (value: object) => unknown): unknown
        fails(): void
        symbol(): void
        invoke(channel: string, ...args: unknown[]): Promise<unknown>
        later(value: unknown): Promise<unknown>
        rejects(): Promise<void>
        list: [number, object]
        thing: object
        ipcRenderer: object
        date: Date
      }
      const caught = (act: () => unknown) => {
        try {
          return act()
        } catch (error) {
          const { message, code } = error as Error & { code?: string }
          return { message, code, isError: error instanceof Error }
        }
      }
      return {
        text: a.text,
        list: a.list,
        isFrozen: Object.isFrozen(a) && Object.isFrozen(a.list) && Object.isFrozen(a.list[1]),
        isOwnArray: Object.getPrototypeOf(a.list) === Array.prototype,
        thing: [Object.keys(a.thing), Object.getPrototypeOf(a.thing) === Object.prototype],
        ipcRenderer: Object.keys(a.ipcRenderer).length + Object.getOwnPropertyNames(a.ipcRenderer).length,
        date: a.date instanceof Date && a.date.getTime(),
        sum: a.add(1, 2),
        back: a.call((value) => ({ ...value, and: 'page' })),
        later: await a.later([1]),
        fails: caught(() => a.fails()),
        rejects: await a.rejects().catch((error: Error) => error.message),
        symbol: caught(() => a.symbol()),
        echo: await a.invoke('echo', new Map([[1, { x: undefined }]]), -0).then((all) => {
          const [map, zero] = all as [Map<number, object>, number]
          return [map instanceof Map, Object.keys(map.get(1) ?? {}), Object.is(zero, -0)]
        }),
        fail: await a.invoke('fail').catch((error: Error) => error.message),
        missing: await a.invoke('missing').catch((error: Error) => error.message),
        sentFunction: await a.invoke('function').catch((error: Error) => error.message),
        who: await a.invoke('who'),
        readOnly: Object.getOwnPropertyDescriptor(window, 'api')?.writable,
        told,
      }
    })
    expect(seen).toEqual({
      text: 'x',
      list: [1, { deep: true }],
      isFrozen: true,
      isOwnArray: true,
      thing: [['own'], true],
      ipcRenderer: 0,
      date: 5,
      sum: 3,
      back: { from: 'preload', and: 'page' },
      later: { value: [1] },
      fails: { message: 'broken', code: undefined, isError: true },
      rejects: 'later',
      symbol: { message: 'An object could not be cloned.', code: undefined, isError: true },
      echo: [true, ['x'], true],
      fail: "Error invoking remote method 'fail': RangeError: too far",
      missing: "Error invoking remote method 'missing': Error: No handler registered for 'missing'",
      sentFunction: "Error invoking remote method 'function': Error: An object could not be cloned.",
      who: { url: 'app://host/page', origin: 'app://host', parent: null },
      readOnly: false,
      told: {
        again: 'Cannot bind an API on top of an existing property on the window object',
        fs: 'module not found: fs',
        hasNode: 'undefinedundefined',
      },
    })
    await expect
      .poll(() => view.evaluate(() => (window as unknown as { api: { heard(): unknown } }).api.heard()))
      .toEqual([{ a: 1 }])
  })

  it('a notification whose object is collected is withdrawn', async () => {
    const app = await run(`const keep = []
      app.whenReady().then(() => {
        for (const title of ['kept', 'lost']) { const one = new Notification({ title }); one.show(); if (title === 'kept') keep.push(one) }
      })`)
    await until(async () => (await app.ask('notifications')).length === 2, 'both')
    await expect.poll(async () => (await app.notifications()).map(({ title }) => title)).toEqual(['kept'])
  })
})
