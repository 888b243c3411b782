import { createInstance, type i18n, type TFunction } from 'i18next'
import type { LanguageChoice } from '../settings.ts'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

export type Language = 'en' | 'zh-CN'
export type Texts = TFunction

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

const instances = new Map<Language, i18n>()

/** The catalogue of one language, loaded at first use: most commands of the command line say nothing. */
export function wordingIn(language: Language): i18n {
  const known = instances.get(language)
  if (known) return known
  const instance = createInstance()
  instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    resources: { [language]: { translation: language === 'en' ? en : zhCn } },
    // Every surface escapes what it shows by itself; escaping here too would show `&amp;`.
    interpolation: { escapeValue: false },
    // A host may know fewer facts than the text asks for; a visible gap is better than `{{pid}}`.
    missingInterpolationHandler: () => '?',
  })
  instances.set(language, instance)
  return instance
}

/** Texts of one language: `textsIn('en')('act.start')`. */
export function textsIn(language: Language): Texts {
  return wordingIn(language).t
}

/** `zh`, `zh-Hans-CN`, `zh_CN.UTF-8` … are Chinese; all else reads English. */
export function languageFor(locale: string | undefined): Language {
  return /^zh\b|^zh[-_]/i.test(locale ?? '') ? 'zh-CN' : 'en'
}

/** The language of one surface: the owner's choice, else that of the desktop or browser around it. */
export function languageOf(choice: LanguageChoice, systemLocale: string | undefined): Language {
  return choice === 'system' ? languageFor(systemLocale) : choice
}
