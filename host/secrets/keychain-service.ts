import { homedir } from 'node:os'
import { join } from 'node:path'

/** Under which name the keychain keeps the secrets of that state: two state folders of one user have two tokens. */
export function keychainService(stateDir: string): string {
  return stateDir === join(homedir(), '.clawdbot') ? 'Moltbot' : `Moltbot ${stateDir}`
}
