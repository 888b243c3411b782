// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { describe, expect, it } from 'vitest'
import { checkEdit } from '../../../../host/config/edit-config-check.ts'
import { loadConfig } from '../../../../host/config/load-config.ts'
import { stateFolders } from './state-folder.ts'

const text = "{ gateway: { port: 1, auth: { token: '${T}' } }, /* why */ logging: { level: 'info' }, a: [1] }"

const member = { section: 'gateway', name: 'port' } as const

describe('what an edit of the port may change', () => {
  const stateFolder = stateFolders()

  async function judge(edited: string, port: number | null) {
    const { paths } = stateFolder({ 'moltbot.json': text })
    const load = (source: string) => loadConfig(paths, { T: 'x' }, async () => ({ ok: true, text: source }))
    const before = await load(text)
    if (!before.ok) throw new Error(before.code)
    return checkEdit(
      { path: paths.configPath, text, edited, member, value: port, before },
      await load(edited),
    )
  }

  it('is the port', async () => {
    expect(await judge(text.replace('1', '2'), 2)).toEqual({ ok: true })
    expect(await judge(text.replace('port: 1,', ''), null)).toEqual({ ok: true })
  })

  it.each([
    ['another key', text.replace('1', '2').replace('info', 'warn')],
    ['an unknown key', text.replace('1', '2').replace('[1]', '[2]')],
    ['a key that goes', text.replace('1', '2').replace(', a: [1]', '')],
    ['a reference that becomes its value', text.replace('1', '2').replace('${T}', 'x')],
    ['a comment that goes', text.replace('1', '2').replace('/* why */', '')],
  ])('is not %s', async (_what, edited) => {
    expect(await judge(edited, 2)).toMatchObject({
      code: 'CONFIG_NOT_EDITABLE',
      params: { detail: 'more than gateway.port would have changed' },
    })
  })

  it('is not another port than was asked for, nor a file that cannot be used', async () => {
    expect(await judge(text.replace('1', '3'), 2)).toMatchObject({ code: 'CONFIG_NOT_EDITABLE' })
    expect(await judge(text.replace('1', '"2"'), 2)).toMatchObject({
      code: 'CONFIG_NOT_EDITABLE',
      params: { detail: 'the changed file would not be valid (CONFIG_INVALID)' },
    })
  })
})
