import { createContext, use } from 'react'
import { type Language, type Texts, textsIn } from '../shared/wording/texts.ts'

export const LanguageContext = createContext<Language>('en')

/** The texts of this page's language, which may change at any moment. */
export function useWording(): { language: Language; t: Texts } {
  const language = use(LanguageContext)
  return { language, t: textsIn(language) }
}
