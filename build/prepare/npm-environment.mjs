import { delimiter } from 'node:path'

/** Settings that say how this machine reaches a registry; all others concern the outer command only. */
const kept = new Set(
  [
    'registry cafile ca cert key strict_ssl proxy https_proxy http_proxy noproxy local_address',
    'userconfig globalconfig cache fetch_retries fetch_timeout maxsockets prefer_offline offline ignore_scripts',
  ]
    .join(' ')
    .split(' ')
    .map((name) => `npm_config_${name}`),
)

/**
 * Environment for an npm inside an npm script: the outer one passes its own settings and command line
 * down (`--prefix`, `--omit`, `--dry-run`, …), and they would change what gets installed and where.
 * @param {NodeJS.ProcessEnv} outer
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(outer) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {}
  for (const [name, value] of Object.entries(outer)) {
    const lower = name.toLowerCase()
    if (lower === 'node_env' || lower === 'node_options' || lower === 'init_cwd') continue
    if (lower.startsWith('npm_') && !kept.has(lower)) continue
    env[name] = value
  }
  // The scripts' PATH begins with folders of the packages that are about to be replaced.
  env.PATH = (outer.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules/.bin') && !folder.endsWith('node-gyp-bin'))
    .join(delimiter)
  return env
}
