import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import type { SessionState } from '../../../../gateway/sessions/session-state.ts'
import type { LooseFields } from '../../../../shared/loose-value.ts'

export interface SessionFolder {
  readonly base: string
  readonly stateDir: string
  /** Folder of sessions of the agent `main`. */
  readonly sessions: string
  readonly store: string
  state(config?: LooseFields): SessionState
  write(path: string, content: string): string
  writeStore(entries: object | string, path?: string): void
  readStore(path?: string): Record<string, Record<string, unknown>>
  transcript(id: string, messages: readonly object[], folder?: string): string
}

/** State folders of their own, removed after each test. */
export function sessionFolders(): () => SessionFolder {
  const made: string[] = []
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-sessions-')))
    made.push(base)
    const stateDir = join(base, 'state')
    const sessions = join(stateDir, 'agents/main/sessions')
    const store = join(sessions, 'sessions.json')
    mkdirSync(sessions, { recursive: true, mode: 0o700 })
    const write = (path: string, content: string) => {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return path
    }
    return {
      base,
      stateDir,
      sessions,
      store,
      state: (config = {}) => ({ config, stateDir, home: base }),
      write,
      writeStore(entries, path = store) {
        write(path, typeof entries === 'string' ? entries : JSON.stringify(entries, null, 2))
      },
      readStore: (path = store) => JSON.parse(readFileSync(path, 'utf8')),
      transcript(id, messages, folder = sessions) {
        const header = { type: 'session', version: 3, id }
        const lines = [header, ...messages.map((message) => ({ type: 'message', message }))]
        return write(join(folder, `${id}.jsonl`), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
      },
    }
  }
}

export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort()
}
