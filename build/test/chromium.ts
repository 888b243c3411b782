import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Absolute path of a Chromium on this machine, `MOLTBOT_TEST_CHROMIUM` first; null when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const asked = env.MOLTBOT_TEST_CHROMIUM
  if (asked !== undefined) return isExecutable(asked) ? asked : null
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...candidates, ...macPaths].find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
