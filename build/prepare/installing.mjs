import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runLogged } from './child.mjs'
import { explainInstallFailure } from './install-failure.mjs'
import { holdLockFor } from './lock.mjs'
import { npmEnvironment } from './npm-environment.mjs'
import { PreparationError } from './preparation-error.mjs'
import { withProgress } from './progress.mjs'

/** @param {string} root */
const stampPath = (root) => join(root, 'node_modules', '.moltbot-install')
/** @param {string} root */
const nodePath = (root) => join(root, 'node_modules', 'node', 'bin', 'node')

/** @param {string} root */
export function isInstalled(root) {
  return hasNode(root) && readOr(stampPath(root), '') === wantedStamp(root)
}

/** @param {string} root */
export async function install(root) {
  if (hasNode(root) && matchesLock(root)) {
    // Somebody ran `npm ci` by hand.
    writeFileSync(stampPath(root), wantedStamp(root))
    return
  }
  rmSync(stampPath(root), { force: true })
  const logPath = join(root, 'dist', 'install.log')
  mkdirSync(join(root, 'dist'), { recursive: true })
  const { command, args } = npmCommand()
  const words = { doing: 'Installing packages', done: 'Installed packages' }
  await withProgress(words, async () => {
    const { code, missing } = await runLogged(command, [...args, 'ci', '--include=dev'], {
      cwd: root,
      env: npmEnvironment(process.env),
      logPath,
      onStart: holdLockFor,
    })
    if (missing)
      throw new PreparationError('npm was not found. Install it (it comes with Node.js), then try again.')
    if (code !== 0) throw new PreparationError(explainInstallFailure(readOr(logPath, ''), logPath))
  })
  if (!hasNode(root)) {
    throw new PreparationError(
      'The packages are installed, but not the Node.js that comes with them: npm was told not to run install ' +
        'scripts. Run `npm ci --ignore-scripts=false` once, then try again. Only the package `node` has one.',
    )
  }
  writeFileSync(stampPath(root), wantedStamp(root))
}

/** @param {string} root */
function wantedStamp(root) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(JSON.stringify([dependencies, devDependencies, process.platform, process.arch]))
    .digest('hex')
}

/**
 * Whether npm's own record of what it installed is what the lock file asks for.
 * @param {string} root
 */
function matchesLock(root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  )
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(path) {
  return JSON.parse(readOr(path, '{}')).packages ?? {}
}

/** @param {string} root */
function hasNode(root) {
  try {
    accessSync(nodePath(root), constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The npm that runs this script, else the one on the PATH. */
function npmCommand() {
  const own = process.env.npm_execpath
  if (own !== undefined && basename(own) === 'npm-cli.js') return { command: process.execPath, args: [own] }
  return { command: 'npm', args: [] }
}

/**
 * @param {string} path
 * @param {string} otherwise
 */
function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
