import { createContext, use } from 'react'
import { type Language, type Texts, textsIn } from '../shared/wording/texts.ts'

export const LanguageContext = createContext<Language>('en')

/** The texts of this page's language. It is fixed for the life of the page: the browser's own choice. */
export function useWording(): { language: Language; t: Texts } {
  const language = use(LanguageContext)
  return { language, t: textsIn(language) }
}
