import { dirname, join } from 'node:path'
import { serviceNames } from '../../shared/gateway-service.ts'
import { readTextFile } from '../config/read-text-file.ts'
import { readLaunchdPlist } from '../gateway-service/launchd-plist.ts'
import { servicePath } from '../gateway-service/open-service-manager.ts'
import { readSystemdUnit } from '../gateway-service/systemd-unit.ts'
import type { Ground } from './ground.ts'

export interface ServiceFile {
  readonly path: string
  /** Of a name from before the renaming: another supervisor beside the present one. */
  readonly isLegacy: boolean
  /** The program and its arguments; empty where the file names none. */
  readonly command: readonly string[]
  /** Variables that the file itself sets. */
  readonly environment: Readonly<Record<string, string>>
}

const legacyUnits = ['clawdbot-gateway.service', 'clawdbot.service', 'moltbot.service']
const legacyLabels = ['com.clawdbot.gateway', 'com.steipete.clawdbot.gateway']

/** The service files of this user that run a gateway, the present one first. Unreadable ones are left out. */
export async function readServiceFiles({
  env,
  home,
  platform,
}: Pick<Ground, 'env' | 'home' | 'platform'>): Promise<ServiceFile[]> {
  const isDarwin = platform === 'darwin'
  const folder = dirname(servicePath({ ...env, HOME: home }, platform))
  const names = isDarwin
    ? [serviceNames.launchd, ...legacyLabels].map((label) => `${label}.plist`)
    : [serviceNames.systemd, ...legacyUnits]
  const files: ServiceFile[] = []
  for (const [at, name] of names.entries()) {
    const path = join(folder, name)
    const read = await readTextFile(path)
    if (!read.ok || read.text === null) continue
    const { command, environment } = isDarwin ? readLaunchdPlist(read.text) : readSystemdUnit(read.text)
    // `@`, `-` and the like before the program say how systemd runs it.
    const [program, ...args] = command
    const words = program === undefined ? [] : [program.replace(/^[@\-:+!|]+/, ''), ...args]
    files.push({ path, isLegacy: at > 0, command: words, environment })
  }
  return files
}
