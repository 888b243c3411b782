import { isPageAddress } from '../page-address.ts'

const maxLinkChars = 8 * 1024
/** Some mail programs take files from a link (`attach=/…`); nothing but words may be filled in. */
const mailFields = new Set(['subject', 'body', 'cc'])

/** The address to hand to the desktop for a link of the page, or null. */
export function externalLink(address: string): string | null {
  if (address.length > maxLinkChars || !URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol === 'https:') return url.username === '' && url.password === '' ? url.href : null
  if (url.protocol !== 'mailto:') return null
  return [...url.searchParams.keys()].every((name) => mailFields.has(name.toLowerCase())) ? url.href : null
}

/** The window goes to its own page only, and has no frames that could go anywhere. */
export function mayNavigate({ url, isMainFrame }: { url: string; isMainFrame: boolean }): boolean {
  return isMainFrame && isPageAddress(url)
}

/** Nothing is loaded from anywhere else; the development tools are Chromium's own pages. */
export function mayRequest(address: string, hasDevTools: boolean): boolean {
  if (isPageAddress(address) || address.startsWith('data:')) return true
  return hasDevTools && address.startsWith('devtools:')
}

/** The page may put text on the clipboard, for its Copy buttons, and nothing else. */
export function mayUse(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isPageAddress(address)
}
