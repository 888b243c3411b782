import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { token } from './clawdbot.ts'

export interface SharedFolder {
  readonly base: string
  /** For either program: the same home, state, configuration and token. */
  readonly env: Record<string, string>
  remove(): void
}

/** A home with one state folder for both programs, with this configuration and the session `agent:main:main`. */
export function makeSharedFolder(config: (base: string) => object, session: object): SharedFolder {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-interop-')))
  const stateDir = join(base, 'state')
  const configPath = join(stateDir, 'moltbot.json')
  const sessions = join(stateDir, 'agents', 'main', 'sessions')
  mkdirSync(sessions, { recursive: true, mode: 0o700 })
  const write = (path: string, text: string) => writeFileSync(path, text, { mode: 0o600 })
  write(configPath, JSON.stringify(config(base)))
  write(join(sessions, 'sessions.json'), JSON.stringify({ 'agent:main:main': session }))
  return {
    base,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: base,
      TMPDIR: base,
      MOLTBOT_TEST_RUN: process.env.MOLTBOT_TEST_RUN ?? '',
      MOLTBOT_STATE_DIR: stateDir,
      CLAWDBOT_STATE_DIR: stateDir,
      CLAWDBOT_CONFIG_PATH: configPath,
      MOLTBOT_HOST_DIR: join(base, 'host'),
      MOLTBOT_LOG_DIR: join(base, 'log'),
      MOLTBOT_KEYCHAIN: 'none',
      CLAWDBOT_GATEWAY_TOKEN: token,
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  }
}
