import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]

/** What every answer to the application's own window carries; it speaks to the host over no network. */
export const windowHeaders: Record<string, string> = {
  'content-security-policy': policy.join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** What every answer to a browser carries; scripts come from us alone, and nobody may frame the page. */
export const pageHeaders: Record<string, string> = {
  ...windowHeaders,
  'content-security-policy': [...policy, "connect-src 'self'"].join('; '),
}

export interface PageFile {
  readonly body: Buffer
  readonly type: string
  /** Built assets have their content's hash in their name and never change. */
  readonly isImmutable: boolean
}

/**
 * The built page's file for a request's target, or null. Decodes once, and only files really inside
 * `root` are found, whatever the path says and wherever a link points.
 */
export async function findPageFile(root: string, target: string): Promise<PageFile | null> {
  const pathname = decodeOnce(target.split(/[?#]/, 1)[0] ?? '')
  if (pathname === null || !pathname.startsWith('/') || /[\0\\]/.test(pathname)) return null
  const type = types[extname(pathname === '/' ? '/index.html' : pathname)]
  if (type === undefined) return null
  try {
    const home = await realpath(root)
    const path = await realpath(join(home, pathname === '/' ? 'index.html' : pathname))
    if (!path.startsWith(home + sep)) return null
    return { body: await readFile(path), type, isImmutable: pathname.startsWith('/assets/') }
  } catch {
    return null // no such file
  }
}

function decodeOnce(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
