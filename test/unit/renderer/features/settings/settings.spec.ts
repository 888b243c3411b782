import { beforeEach, describe, expect, it } from 'vitest'
import { rememberedLook, rememberLook } from '../../../../../renderer/features/settings/look.ts'
import { portIn } from '../../../../../renderer/features/settings/port-text.ts'
import { settingCommands } from '../../../../../renderer/features/settings/setting-commands.ts'
import { useSettings } from '../../../../../renderer/features/settings/settings-store.ts'
import type { HostClient } from '../../../../../shared/host-client.ts'
import { problem } from '../../../../../shared/problem.ts'
import { defaultSettings } from '../../../../../shared/settings.ts'
import { scriptedStates, snapshotOf } from '../../../../fixtures/scripted-states.ts'

const { settings: view } = snapshotOf(scriptedStates(0).running, 0)

describe('settings in the page', () => {
  const answers: ((outcome: unknown) => Promise<void>)[] = []
  const client: HostClient = {
    call: () =>
      new Promise((resolve) => {
        answers.push(async (outcome) => {
          resolve(outcome as never) // the spec knows the call
          await new Promise((settled) => setTimeout(settled))
        })
      }),
    on: () => () => {},
  }
  const commands = settingCommands(client)
  beforeEach(() => {
    answers.length = 0
    useSettings.setState(useSettings.getInitialState())
    useSettings.getState().snapshotTaken(view)
  })
  const changed = (revision: number, change: Partial<typeof view.settings>) => ({
    ok: true,
    value: { ...view, revision, settings: { ...view.settings, ...change } },
  })

  it('are as the host says as soon as it has said so', async () => {
    void commands.change({ theme: 'dark' })
    expect(useSettings.getState()).toMatchObject({
      asked: { theme: 'dark' },
      view: { settings: { theme: 'system' } },
    })
    await answers[0]?.(changed(2, { theme: 'light' }))
    expect(useSettings.getState()).toMatchObject({ asked: {}, view: { settings: { theme: 'light' } } })
  })

  it('keep the newest wish while an older one is answered', async () => {
    void commands.change({ theme: 'dark' })
    void commands.change({ theme: 'light' })
    await answers[0]?.({ ok: false, ...problem('INTERNAL', { detail: 'x' }) })
    expect(useSettings.getState()).toMatchObject({ asked: { theme: 'light' }, refusals: {} })
    await answers[1]?.(changed(2, { theme: 'light' }))
    expect(useSettings.getState()).toMatchObject({ asked: {}, view: { settings: { theme: 'light' } } })
  })

  it('say of each what was refused, until it is tried again', async () => {
    void commands.setGatewayPort(1)
    void commands.change({ language: 'en' })
    await answers[0]?.({ ok: false, ...problem('CONFIG_CHANGED_MEANWHILE', { path: '/x' }) })
    await answers[1]?.({ ok: false, ...problem('INTERNAL', { detail: 'x' }) })
    expect(useSettings.getState()).toMatchObject({
      asked: {},
      view,
      refusals: { gatewayPort: { code: 'CONFIG_CHANGED_MEANWHILE' }, language: { code: 'INTERNAL' } },
    })
    void commands.setGatewayPort(2)
    expect(Object.keys(useSettings.getState().refusals)).toEqual(['language'])
  })

  it('drop what is not newer', () => {
    useSettings.getState().changed({ ...view, settings: { ...defaultSettings, theme: 'dark' } })
    expect(useSettings.getState().view).toEqual(view)
  })
})

describe('the look that is remembered', () => {
  const memory = (stored: string | null) => {
    let kept = stored
    const storage = () => ({
      getItem: () => kept,
      setItem(_name: string, text: string) {
        kept = text
      },
    })
    return { storage, kept: () => kept }
  }

  it('is the one that was stored, and nothing more', () => {
    const { storage, kept } = memory(null)
    rememberLook(storage, { ...defaultSettings, theme: 'dark', language: 'zh-CN' })
    expect(JSON.parse(String(kept()))).toEqual({ theme: 'dark', language: 'zh-CN' })
    expect(rememberedLook(storage)).toEqual({ theme: 'dark', language: 'zh-CN' })
  })

  it.each([null, '', '{', '"dark"', '{"theme":"<script>","language":"en"}', '[]'])(
    'is the default where %j is stored',
    (stored) => expect(rememberedLook(memory(stored).storage)).toEqual(defaultSettings),
  )

  it('is the default where there is no storage', () => {
    const none = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    rememberLook(none, defaultSettings)
    expect(rememberedLook(none)).toEqual(defaultSettings)
  })
})

it.each([
  ['1', 1],
  [' 65535', 65_535],
  ['00080', 80],
  ['0', null],
  ['65536', null],
  ['1e3', null],
  ['0x50', null],
  ['-1', null],
  ['', null],
  ['８０', null],
])('reads the port %j as %j', (text, port) => expect(portIn(text)).toBe(port))
