import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeFileAtomically } from './files/atomic-write.ts'

/** Whether somebody could see a browser. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: string): boolean {
  if (platform === 'darwin') return !env.SSH_CONNECTION
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Opens `url` in the person's browser. Its code must not stand in a command line, which other users
 * can read: the browser is given a page of ours, readable by this user only, that leads there.
 */
export async function openInBrowser(url: string, folder: string): Promise<void> {
  const page = join(folder, 'open.html')
  const html = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${url}">\n`
  const isWritten = await writeFileAtomically(page, html).then(
    () => true,
    () => false,
  )
  if (!isWritten) return // a full disk: the address is in the terminal all the same
  const opener = process.platform === 'darwin' ? '/usr/bin/open' : 'xdg-open'
  const child = spawn(opener, [pathToFileURL(page).href], { detached: true, stdio: 'ignore' })
  child.on('error', () => {}) // no opener on this machine: the address is in the terminal
  child.unref()
}
