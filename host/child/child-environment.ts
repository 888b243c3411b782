import { resolve } from 'node:path'

/** Marks everything this run of the host started, so that a later host can prove whose it was. */
export const supervisorMark = 'MOLTBOT_SUPERVISOR'
/** Marks everything one run of the gateway started. */
export const runMark = 'MOLTBOT_RUN'

const shellOnly = new Set([
  'NODE_OPTIONS',
  'NODE_COMPILE_CACHE',
  'CHROME_DESKTOP',
  'APPIMAGE',
  'APPDIR',
  'ARGV0',
  'OWD',
  'LD_LIBRARY_PATH',
  'GSETTINGS_SCHEMA_DIR',
  'MOLTBOT_READY_FILE',
])

/** The gateway runs in another folder than the host: a relative path would mean another place there. */
const pathVariables = new Set([
  'MOLTBOT_STATE_DIR',
  'CLAWDBOT_STATE_DIR',
  'MOLTBOT_CONFIG_PATH',
  'CLAWDBOT_CONFIG_PATH',
  'MOLTBOT_LOG_DIR',
])

/**
 * The environment of a gateway: ours without what a desktop shell, an AppImage or npm put there for
 * themselves, which would change how another Node and its native parts load.
 */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  marks: { readonly nonce: string; readonly runId: string },
): NodeJS.ProcessEnv {
  const appDir = env.APPDIR
  const clean: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || shellOnly.has(name)) continue
    if (name.startsWith('ELECTRON_') || name.startsWith('npm_')) continue
    if (pathVariables.has(name) && value !== '' && !value.startsWith('~')) clean[name] = resolve(value)
    else clean[name] = appDir && isSearchPath(name) ? withoutFolder(value, appDir) : value
  }
  clean[supervisorMark] = marks.nonce
  clean[runMark] = `${marks.nonce}.${marks.runId}`
  return clean
}

function isSearchPath(name: string): boolean {
  return name === 'PATH' || name === 'XDG_DATA_DIRS'
}

function withoutFolder(searchPath: string, folder: string): string {
  return searchPath
    .split(':')
    .filter((entry) => entry !== folder && !entry.startsWith(`${folder}/`))
    .join(':')
}
