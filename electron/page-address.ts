import type { TrayPage } from './tray/tray-model.ts'

export const pageScheme = 'moltbot-desktop'
export const pageHost = 'app'
/** As Chromium writes it for this scheme; `URL#origin` of Node knows only the web's own schemes. */
export const pageOrigin = `${pageScheme}://${pageHost}`

/** The page's address; the part after `#` is the page's own way to say what it shows. */
export function addressOf(page: TrayPage): string {
  return `${pageOrigin}/#/${page}`
}

/** Whether an address is one of the page's own files, read as a browser reads it. */
export function isPageAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === ''
}
