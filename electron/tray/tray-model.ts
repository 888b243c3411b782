import type { GatewayView } from '../../shared/host-api.ts'
import type { LanguageChoice } from '../../shared/settings.ts'
import type { Language } from '../../shared/wording/texts.ts'

/** All that the tray shows; icon, tooltip and menu are pure functions of it. */
export interface TrayModel {
  /** Null before the host has opened. */
  readonly gateway: GatewayView | null
  readonly language: Language
  readonly languageChoice: LanguageChoice
  /** A version of the application that could be taken, downloaded or not. */
  readonly updateVersion: string | null
}

export type TrayPage = 'overview' | 'logs' | 'backups' | 'updates' | 'settings'

/** What the menu can ask for. */
export interface TrayActs {
  start(): void
  stop(): void
  restart(): void
  open(page: TrayPage): void
  chooseLanguage(choice: LanguageChoice): void
  quit(): void
}
