import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfigTree } from '../../../host/config/load-config.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { PathOptions } from '../commands/config.ts'
import { sayLines } from '../output-look.ts'
import { tableLines } from '../table.ts'
import { sayJson, sayLine } from '../tell.ts'
import { openConfig } from './open-config.ts'

interface Places {
  readonly config: string
  readonly exists: boolean
  readonly configFrom: string
  readonly stateDir: string
  readonly stateDirFrom: string
  readonly envFile: string
  readonly envFileExists: boolean
  readonly includes: readonly string[]
  /** Files that look like the configuration and are not read. */
  readonly shadowed: readonly string[]
}

/** Says where the live configuration is; resolves to the exit code. */
export async function showConfigPath({ all, json }: PathOptions): Promise<number> {
  const places = await findPlaces()
  if (json) sayJson(all ? places : { config: places.config, exists: places.exists })
  else if (!all) sayLine(places.config)
  else sayLines(tableLines(rowsOf(places), { isColoured: false, width: null }))
  return exitCode.done
}

async function findPlaces(): Promise<Places> {
  const { paths, home } = await openConfig()
  const { configPath, stateDir, envFilePath } = paths
  const tree = await readConfigTree(configPath)
  const candidates = [stateDir, join(home, '.clawdbot'), join(home, '.moltbot')].flatMap((folder) =>
    ['moltbot.json', 'clawdbot.json'].map((name) => join(folder, name)),
  )
  return {
    config: configPath,
    exists: existsSync(configPath),
    configFrom: deciding('MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH') ?? 'the state folder',
    stateDir,
    stateDirFrom: deciding('MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR') ?? 'the home folder',
    envFile: envFilePath,
    envFileExists: existsSync(envFilePath),
    includes: tree.ok ? tree.sources.slice(1) : [],
    shadowed: [...new Set(candidates)].filter((path) => path !== configPath && existsSync(path)),
  }
}

function deciding(...names: readonly string[]): string | null {
  return names.find((name) => process.env[name]?.trim()) ?? null
}

function rowsOf(places: Places): string[][] {
  const absent = (isThere: boolean) => (isThere ? '' : ', not there yet')
  return [
    ['configuration', `${places.config} (by ${places.configFrom}${absent(places.exists)})`],
    ['state folder', `${places.stateDir} (by ${places.stateDirFrom})`],
    ['.env', `${places.envFile}${places.envFileExists ? '' : ' (not there)'}`],
    ...places.includes.map((path) => ['included', path]),
    ...places.shadowed.map((path) => ['not read', path]),
  ]
}
