import { app, Menu } from 'electron'
import { type Language, textsIn } from '../../shared/wording/texts.ts'
import { menuTemplate } from './menu-template.ts'

/** Sets the application menu, and sets it anew when the language changes: an item's label cannot be changed. */
export function openApplicationMenu(): { speak(language: Language): void } {
  let spoken: Language | null = null
  return {
    speak(language) {
      if (language === spoken) return
      spoken = language
      const template = menuTemplate(process.platform, textsIn(language), app.name)
      Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    },
  }
}
