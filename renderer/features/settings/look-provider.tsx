import { type ReactNode, useLayoutEffect, useSyncExternalStore } from 'react'
import { languageOf } from '../../../shared/wording/texts.ts'
import { LanguageContext } from '../../wording.ts'
import { applyLook, type Look, rememberLook } from './look.ts'
import { useSettings } from './settings-store.ts'

const storage = () => localStorage

/** Language and theme of all that is inside, as the host says; until it has, as they were last. */
export function LookProvider({ remembered, children }: { remembered: Look; children: ReactNode }) {
  const settings = useSettings((store) => store.view?.settings)
  const systemLanguage = useSyncExternalStore(onLanguageChange, () => navigator.language)
  const { language, theme } = settings ?? remembered
  useLayoutEffect(() => {
    applyLook(document.documentElement, { language, theme }, systemLanguage)
    rememberLook(storage, { language, theme })
  }, [language, theme, systemLanguage])
  return <LanguageContext value={languageOf(language, systemLanguage)}>{children}</LanguageContext>
}

function onLanguageChange(changed: () => void): () => void {
  addEventListener('languagechange', changed)
  return () => removeEventListener('languagechange', changed)
}
