import { app } from 'electron'
import type { LanguageChoice } from '../shared/settings.ts'
import { type Language, languageOf } from '../shared/wording/texts.ts'

/** The language of tray, menus and notifications; only after Electron is ready. */
export function languageNow(choice: LanguageChoice): Language {
  return languageOf(choice, app.getPreferredSystemLanguages()[0])
}
