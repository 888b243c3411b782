import { canRestart, canStart, canStop, type GatewayState } from '../../shared/gateway-state.ts'
import type { LanguageChoice } from '../../shared/settings.ts'
import { type Language, textsIn } from '../../shared/wording/texts.ts'
import { oneLine } from '../one-line.ts'
import { reasonLine, stateLine } from './state-lines.ts'
import type { TrayModel, TrayPage } from './tray-model.ts'

/** What a click asks for. */
export type TrayAct =
  | { readonly do: 'start' | 'stop' | 'restart' | 'quit' }
  | { readonly do: 'open'; readonly page: TrayPage }
  | { readonly do: 'chooseLanguage'; readonly choice: LanguageChoice }

export type TrayItem =
  | { readonly type: 'separator' }
  /** Says something and does nothing. */
  | { readonly type: 'text'; readonly id: string; readonly label: string }
  | {
      readonly type: 'normal'
      readonly id: string
      readonly label: string
      readonly enabled: boolean
      readonly act: TrayAct
    }
  | {
      readonly type: 'radio'
      readonly id: string
      readonly label: string
      readonly checked: boolean
      readonly act: TrayAct
    }
  | {
      readonly type: 'submenu'
      readonly id: string
      readonly label: string
      readonly submenu: readonly TrayItem[]
    }

/** The tray's menu, top to bottom. Everything the tray can do is in it: a click on the icon may never come. */
export function trayMenu(model: TrayModel, platform: NodeJS.Platform): readonly TrayItem[] {
  const t = textsIn(model.language)
  const can = (question: (state: GatewayState) => boolean) =>
    model.gateway !== null && question(model.gateway.state)
  const reason = reasonLine(model)
  return [
    text('state', stateLine(model)),
    ...(reason ? [text('reason', reason)] : []),
    separator,
    item('start', t('frame.act.start'), { do: 'start' }, can(canStart)),
    item('stop', t('frame.act.stop'), { do: 'stop' }, can(canStop)),
    item('restart', t('frame.act.restart'), { do: 'restart' }, can(canRestart)),
    separator,
    item('open', t('tray.open'), { do: 'open', page: 'overview' }),
    item('logs', t('tray.logs'), { do: 'open', page: 'logs' }),
    item('settings', t('tray.settings'), { do: 'open', page: 'settings' }),
    languages(model),
    separator,
    ...(model.updateVersion ? [update(model.language, model.updateVersion), separator] : []),
    item('quit', t(platform === 'darwin' ? 'tray.quitApp' : 'tray.quit'), { do: 'quit' }),
  ]
}

const separator = { type: 'separator' } as const

function text(id: string, label: string): TrayItem {
  return { type: 'text', id, label: menuLabel(label) }
}

function item(id: string, label: string, act: TrayAct, enabled = true): TrayItem {
  return { type: 'normal', id, label: menuLabel(label), enabled, act }
}

function update(language: Language, version: string): TrayItem {
  return item('update', `↑ ${textsIn(language)('tray.updateTo', { version: oneLine(version, 40) })}`, {
    do: 'open',
    page: 'updates',
  })
}

/** Menus take a single `&` for the mark of a mnemonic. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&')
}

/** Each language in its own words, so that who reads only one finds the way back. */
function languages({ language, languageChoice }: TrayModel): TrayItem {
  const t = textsIn(language)
  const choices: readonly (readonly [LanguageChoice, string])[] = [
    ['system', t('tray.systemLanguage')],
    ['en', 'English'],
    ['zh-CN', '简体中文'],
  ]
  return {
    type: 'submenu',
    id: 'language',
    label: menuLabel(t('tray.language')),
    submenu: choices.map(([choice, label]) => ({
      type: 'radio',
      id: `language-${choice}`,
      label: menuLabel(label),
      checked: choice === languageChoice,
      act: { do: 'chooseLanguage', choice },
    })),
  }
}
