import { gatewayTokenName, secretNamePattern } from '../../shared/secrets.ts'
import type { ConfigNode } from '../config/config-tree.ts'
import { readEnvFile } from '../config/env-file.ts'
import { readConfigTree } from '../config/load-config.ts'
import type { StatePaths } from '../config/state-paths.ts'
import { referencesIn } from '../config/substitute.ts'

type References = ReadonlyMap<string, readonly string[]>

/** What the files of the state folder say about secrets. */
export interface OtherSources {
  readonly envFile: Readonly<Record<string, string>>
  /** What `env` of the configuration sets, as written there. */
  readonly configEnv: Readonly<Record<string, string>>
  /** The configuration has the token itself in it, or asks for a password instead. */
  readonly token: 'written' | 'password' | 'referred'
  /** Each name the configuration refers to, and the keys that do. */
  readonly references: References
}

export const noSources: OtherSources = {
  envFile: {},
  configEnv: {},
  token: 'referred',
  references: new Map(),
}

/** Read anew; what cannot be read counts as empty here, and the gateway's start says why. */
export async function readOtherSources(
  paths: StatePaths,
  references: () => Promise<References>,
): Promise<OtherSources> {
  const [envFile, tree, referred] = await Promise.all([
    readEnvFile(paths.envFilePath),
    readConfigTree(paths.configPath),
    references().catch((): References => new Map()),
  ])
  const root = tree.ok ? tree.root : null
  return {
    envFile: envFile.ok ? named(envFile.values) : {},
    configEnv: root ? configEnvOf(root) : {},
    token: root ? tokenOf(root) : 'referred',
    references: referred,
  }
}

function configEnvOf(root: ConfigNode): Record<string, string> {
  const section = member(root, 'env')
  const vars = section && member(section, 'vars')
  const values: Record<string, string> = {}
  for (const node of [vars, section]) {
    if (node?.kind !== 'object') continue
    for (const [name, item] of node.entries) {
      if (item.kind === 'value' && typeof item.value === 'string') values[name] = item.value
    }
  }
  return named(values)
}

function tokenOf(root: ConfigNode): OtherSources['token'] {
  const gateway = member(root, 'gateway')
  const auth = gateway && member(gateway, 'auth')
  const token = textOf(auth && member(auth, 'token'))
  if (token !== null) return referencesIn(token).includes(gatewayTokenName) ? 'referred' : 'written'
  return textOf(auth && member(auth, 'password')) === null ? 'referred' : 'password'
}

function member(node: ConfigNode, name: string): ConfigNode | undefined {
  return node.kind === 'object' ? node.entries.get(name) : undefined
}

function textOf(node: ConfigNode | undefined): string | null {
  return node?.kind === 'value' && typeof node.value === 'string' ? node.value : null
}

/** Empty ones count as none, as everywhere. */
function named(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => secretNamePattern.test(name) && value !== ''),
  )
}
