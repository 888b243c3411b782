import { join } from 'node:path'
import { resolveHostPaths } from '../../host/host-paths.ts'

export type GlobalFlags =
  | {
      readonly ok: true
      /** Without the flags. */
      readonly args: readonly string[]
      /** What they stand for, as variables; undefined takes one away. */
      readonly variables: Readonly<Record<string, string | undefined>>
    }
  | { readonly ok: false; readonly detail: string }

interface GlobalFlagsParts {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly platform: string
}

const profileName = /^[a-z0-9][a-z0-9-]{0,31}$/
const devPort = '19001'
const stateNames = ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR'] as const
const configNames = ['MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH'] as const
const portNames = ['MOLTBOT_GATEWAY_PORT', 'CLAWDBOT_GATEWAY_PORT'] as const

/**
 * `--profile <name>` and `--dev` ahead of the command, `--no-color` anywhere, and `CLAWDBOT_PROFILE`. A profile has a
 * state folder, a log and a host of its own. One that is typed counts for more than folders that the
 * environment names; the one of the environment does not.
 */
export function takeGlobalFlags({ args, env, home, platform }: GlobalFlagsParts): GlobalFlags {
  const rest: string[] = []
  let typed: string | undefined
  let isDev = false
  let isPlain = false
  let isAhead = true
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--') {
      rest.push(...args.slice(index))
      break
    }
    const [name] = arg.split('=', 1)
    if (arg === '--no-color') isPlain = true
    else if (isAhead && arg === '--dev') isDev = true
    else if (name === '--profile') {
      // Taken or passed over there, a command would be about another state than its reader thinks.
      if (!isAhead) return { ok: false, detail: '--profile stands ahead of the command: moltbot --profile …' }
      if (arg === name) index += 1
      typed = arg === name ? (args[index] ?? '') : arg.slice(name.length + 1)
    } else {
      if (!arg.startsWith('-')) isAhead = false
      rest.push(arg)
    }
  }
  if (isDev && typed !== undefined && typed !== 'dev') {
    return { ok: false, detail: '--dev is the profile dev: leave out --dev or --profile' }
  }
  const profile = isDev ? 'dev' : (typed ?? (env.CLAWDBOT_PROFILE?.trim() || 'default'))
  if (!profileName.test(profile)) {
    const source = isDev || typed !== undefined ? '--profile' : 'CLAWDBOT_PROFILE'
    return { ok: false, detail: `${source} must be 1 to 32 small letters, digits or hyphens` }
  }
  const plain = isPlain ? { NO_COLOR: '1', FORCE_COLOR: undefined } : {}
  const isTyped = isDev || typed !== undefined
  const own = profile === 'default' ? {} : variablesOf(profile, { env, home, platform }, isTyped)
  return {
    ok: true,
    args: rest,
    variables: { ...plain, ...(isTyped && withoutFormer(env, profile)), ...own },
  }
}

/** A terminal of one profile’s host carries that profile; what is typed there is about another. */
function withoutFormer(env: NodeJS.ProcessEnv, profile: string): Record<string, undefined> {
  const former = env.CLAWDBOT_PROFILE?.trim()
  if (!former || former === profile) return {}
  const isDevPort = former === 'dev' && env.MOLTBOT_GATEWAY_PORT === devPort
  const names = [
    'CLAWDBOT_PROFILE',
    ...stateNames,
    ...configNames,
    'MOLTBOT_LOG_DIR',
    'MOLTBOT_HOST_DIR',
    ...(isDevPort ? ['MOLTBOT_GATEWAY_PORT'] : []),
  ]
  return Object.fromEntries(names.map((name) => [name, undefined]))
}

function variablesOf(
  profile: string,
  { env, home, platform }: Omit<GlobalFlagsParts, 'args'>,
  isTyped: boolean,
): Record<string, string | undefined> {
  const isNamed = (names: readonly string[]) => names.some((name) => env[name]?.trim())
  const port = profile === 'dev' && !isNamed(portNames) ? { MOLTBOT_GATEWAY_PORT: devPort } : {}
  const named = { CLAWDBOT_PROFILE: profile, ...port }
  if (!isTyped && isNamed(stateNames)) return named
  const stateDir = join(home, `.clawdbot-${profile}`)
  const usual = resolveHostPaths({ ...env, MOLTBOT_HOST_DIR: undefined }, home, platform).hostDir
  return {
    ...named,
    MOLTBOT_STATE_DIR: stateDir,
    CLAWDBOT_STATE_DIR: undefined,
    ...Object.fromEntries(configNames.map((name) => [name, undefined])),
    MOLTBOT_LOG_DIR: join(stateDir, 'logs'),
    MOLTBOT_HOST_DIR: `${usual}-${profile}`,
  }
}

/** Sets what {@link takeGlobalFlags} found. */
export function applyVariables(
  env: NodeJS.ProcessEnv,
  variables: Readonly<Record<string, string | undefined>>,
): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete env[name]
    else env[name] = value
  }
}
