import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { type OpenLiveConfig, openLiveConfig } from '../../../../gateway/reload/open-live-config.ts'
import { loadConfig } from '../../../../host/config/load-config.ts'
import type { Environment, StatePaths } from '../../../../host/config/state-paths.ts'

interface Said {
  readonly level: 'info' | 'warn' | 'error'
  readonly text: string
}

/** A followed configuration in a folder of its own, and what came of its changes. */
export class LiveFiles {
  readonly said: Said[] = []
  readonly hot: (readonly string[])[] = []
  readonly restarts: (readonly string[])[] = []
  readonly paths: StatePaths
  live!: OpenLiveConfig

  constructor(files: Readonly<Record<string, string>>) {
    const stateDir = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-live-')))
    this.paths = { stateDir, configPath: join(stateDir, 'moltbot.json'), envFilePath: join(stateDir, '.env') }
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  async open(env: Environment): Promise<void> {
    const loaded = await loadConfig(this.paths, env)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded))
    const say = (level: Said['level']) => (message: string, data?: Record<string, unknown>) =>
      void this.said.push({ level, text: `${message} ${JSON.stringify(data)}` })
    this.live = openLiveConfig({
      paths: this.paths,
      env: () => env,
      loaded,
      logger: { info: say('info'), warn: say('warn'), error: say('error') },
      onHot: (_now, _before, keys) => void this.hot.push(keys),
      onRestart: (_reason, keys) => void this.restarts.push(keys),
    })
  }

  at(name: string): string {
    return join(this.paths.stateDir, name)
  }

  /** As an editor that writes into the file. */
  write(name: string, text: string): void {
    mkdirSync(dirname(this.at(name)), { recursive: true })
    writeFileSync(this.at(name), text)
  }

  /** As an editor that writes another file and renames it. */
  replace(name: string, text: string): void {
    this.write(`${name}.new`, text)
    renameSync(this.at(`${name}.new`), this.at(name))
  }

  warnings(): string[] {
    return this.said.filter(({ level }) => level !== 'info').map(({ text }) => text)
  }

  get level(): string | undefined {
    return this.live.current().config.logging?.level
  }

  until(met: () => void): Promise<void> {
    return expect.poll(() => outcomeOf(met), { timeout: 4_000, interval: 10 }).toBe('met')
  }

  close(): void {
    this.live?.close()
    rmSync(this.paths.stateDir, { recursive: true, force: true })
  }
}

function outcomeOf(met: () => void): string {
  try {
    met()
    return 'met'
  } catch (error) {
    return String(error)
  }
}

export function liveFiles() {
  const opened: LiveFiles[] = []
  afterEach(() => {
    for (const files of opened.splice(0)) files.close()
  })
  return async (files: Readonly<Record<string, string>>, env: Environment = {}): Promise<LiveFiles> => {
    const made = new LiveFiles(files)
    opened.push(made)
    await made.open(env)
    return made
  }
}
