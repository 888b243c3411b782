import { writeFileSync } from 'node:fs'

/** Names the file by which `npm start` learns that the application is there and need not be replaced. */
export const readyFileVariable = 'MOLTBOT_READY_FILE'

/**
 * To be called when the window shows, or the tray stands where none is to open; again, it does nothing. What
 * was started in another way has no such variable, and nothing is written.
 */
export function markReady(env: NodeJS.ProcessEnv): void {
  const path = env[readyFileVariable]
  if (!path) return
  // The gateway and what it starts have no business with it.
  delete env[readyFileVariable]
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
  } catch {
    // The one who waited is gone, and with it the folder; nobody reads the mark.
  }
}
