import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { parseEnv } from 'node:util'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { AskedValue } from './value-kinds.ts'

/** What a shell may show and put on its line as it is; names from a file could be anything. */
const plain = /^[A-Za-z0-9_@.:+/-]{1,200}$/
const maxBytes = 4 * 1024 * 1024

/**
 * Answers the question of a completion script: one candidate a line. Loads nothing that checks or explains, and says
 * nothing where a file cannot be read: a Tab is no place for trouble. Resolves to the exit code.
 */
export async function completeValues([what = '']: readonly string[]): Promise<number> {
  if (!isAsked(what)) return exitCode.wrongUsage
  const found = await values[what](process.env, homedir()).catch(() => [])
  const lines = [...new Set(found)].filter((name) => plain.test(name)).sort()
  process.stdout.write(lines.map((name) => `${name}\n`).join(''))
  return exitCode.done
}

type Read = (env: NodeJS.ProcessEnv, home: string) => Promise<string[]>

const values: Readonly<Record<AskedValue, Read>> = {
  async secrets(env, home) {
    const { secretsIndexPath } = resolveHostPaths(env, home, process.platform)
    const { envFilePath } = resolveStatePaths(env, home)
    const [index, lines] = await Promise.all([readJson(secretsIndexPath), read(envFilePath).catch(() => '')])
    return [...Object.keys(objectIn(index, 'secrets')), ...Object.keys(parseEnv(lines))]
  },
  async backups(env, home) {
    const { backupsPath, backupFolder } = resolveHostPaths(env, home, process.platform)
    const chosen = memberOf(await readJson(backupsPath), 'folder')
    const names = await readdir(typeof chosen === 'string' ? chosen : backupFolder)
    return names.filter((name) => name.startsWith('moltbot-') && name.endsWith('.tar.gz.age'))
  },
  async gateways(env, home) {
    const { gatewaysPath } = resolveHostPaths(env, home, process.platform)
    const installed = memberOf(await readJson(gatewaysPath), 'installed')
    const ids = (Array.isArray(installed) ? installed : []).map(
      (one) => `${memberOf(one, 'package')}@${memberOf(one, 'version')}`,
    )
    return ['built-in', ...ids]
  },
  async channels(env, home) {
    const text = await read(resolveStatePaths(env, home).configPath)
    const { default: json5 } = await import('json5')
    const names = Object.keys(objectIn(json5.parse(text), 'channels'))
    return names.filter((name) => name !== 'defaults')
  },
}

function isAsked(what: string): what is AskedValue {
  return Object.hasOwn(values, what)
}

async function read(path: string): Promise<string> {
  const bytes = await readFile(path)
  return bytes.length > maxBytes ? '' : bytes.toString('utf8')
}

async function readJson(path: string): Promise<unknown> {
  return read(path).then(
    (text): unknown => JSON.parse(text),
    () => null,
  )
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function objectIn(value: unknown, name: string): object {
  const member = memberOf(value, name)
  return typeof member === 'object' && member !== null ? member : {}
}
