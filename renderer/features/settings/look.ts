import { defaultSettings, type Settings, settingsSchema } from '../../../shared/settings.ts'
import { languageOf } from '../../../shared/wording/texts.ts'

const storedAs = 'moltbot.look'
const lookSchema = settingsSchema.pick({ language: true, theme: true })

/** What of the settings is seen before the host has answered. */
export type Look = Pick<Settings, 'language' | 'theme'>

/** The look this page had last, so that it does not change under the eye a moment after the first paint. */
export function rememberedLook(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Look {
  try {
    const stored = lookSchema.safeParse(JSON.parse(storage().getItem(storedAs) ?? ''))
    if (stored.success) return stored.data
  } catch {
    // Storage may be switched off, and anybody may have written to it: the look is only a convenience.
  }
  return defaultSettings
}

export function rememberLook(
  storage: () => Pick<Storage, 'getItem' | 'setItem'>,
  { language, theme }: Look,
): void {
  try {
    storage().setItem(storedAs, JSON.stringify({ language, theme }))
  } catch {
    // As above.
  }
}

/** Language and theme on the page's root; without the attribute the system decides about the theme. */
export function applyLook(root: HTMLElement, { language, theme }: Look, systemLanguage: string): void {
  root.lang = languageOf(language, systemLanguage)
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}
