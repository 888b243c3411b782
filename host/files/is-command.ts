import { accessSync, constants, statSync } from 'node:fs'

/** Whether this user could start the file at `path`; what is not there is none. */
export function isCommand(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
