import type { App } from 'electron'
import { describe, expect, it } from 'vitest'
import { macosLoginItem } from '../../../../electron/login-item/macos-login-item.ts'

type Settings = ReturnType<App['getLoginItemSettings']>

/** SMAppService as Electron shows it: the setter says nothing, whatever came of it. */
function system(status: Settings['status'], afterSet: (on: boolean) => Settings['status'] | Error) {
  const asked: unknown[] = []
  let now = status
  const item = macosLoginItem({
    getLoginItemSettings: () => ({
      openAtLogin: now === 'enabled',
      wasOpenedAtLogin: false,
      status: now,
      executableWillLaunchAtLogin: false,
      launchItems: [],
    }),
    setLoginItemSettings(settings) {
      asked.push(settings)
      const next = afterSet(settings.openAtLogin === true)
      if (next instanceof Error) throw next
      now = next
    },
  })
  return { item, asked }
}

describe('the login item of macOS', () => {
  it.each([
    ['enabled', 'on', null],
    ['not-registered', 'off', null],
    ['not-found', 'off', null],
    ['requires-approval', 'needsApproval', { code: 'LOGIN_ITEM_NEEDS_APPROVAL', params: {} }],
  ] as const)('that is %s is %s', async (status, state, problem) => {
    const { item } = system(status, () => status)
    expect(await item.look()).toEqual({ state, path: null, problem })
  })

  it('is the application itself, on and off', async () => {
    const { item, asked } = system('not-registered', (on) => (on ? 'enabled' : 'not-registered'))
    expect(await item.change(true, false)).toBeNull()
    expect(await item.look()).toMatchObject({ state: 'on' })
    expect(await item.change(false, false)).toBeNull()
    expect(asked).toEqual([
      { openAtLogin: true, type: 'mainAppService' },
      { openAtLogin: false, type: 'mainAppService' },
    ])
  })

  it('says what came of it, which is not what was asked for where the owner must consent or the copy is unsigned', async () => {
    const waiting = system('not-registered', () => 'requires-approval')
    expect(await waiting.item.change(true, false)).toMatchObject({ code: 'LOGIN_ITEM_NEEDS_APPROVAL' })
    const unsigned = system('not-found', () => 'not-found')
    expect(await unsigned.item.change(true, false)).toMatchObject({ code: 'LOGIN_ITEM_UNSUPPORTED' })
    const refused = system('not-registered', () => new Error('Operation not permitted'))
    expect(await refused.item.change(true, false)).toEqual({
      code: 'LOGIN_ITEM_UNSUPPORTED',
      params: { detail: 'Operation not permitted' },
    })
  })

  it('that waits for consent can be taken back', async () => {
    const { item } = system('requires-approval', () => 'not-registered')
    expect(await item.change(false, false)).toBeNull()
  })
})
