import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Problem, ProblemCode } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { StatePaths } from '../config/state-paths.ts'

interface ObstacleLooks {
  readonly clock: Clock
  readonly paths: StatePaths
  /** The port is free, or held by another process than that one, or by one that turned out to be a gateway. */
  isPortMoved(port: number, pid: number | null): Promise<boolean>
  /** What is wrong with state folder or configuration now, or null. */
  findProblem(): Promise<ProblemCode | null>
  /** Changes with each secret that is set or deleted from here. */
  readonly secretsIndexPath: string
  /** The store of the secrets can be read; asked without prompting anybody. */
  areSecretsReady(): Promise<boolean>
}

/**
 * Looks each `everyMs` whether what stands in the way may have gone, and calls `gone` once: a port was
 * freed, a folder can be used, or one of the files changed, be it for better or worse: a new mistake is
 * shown in place of the old one. Returns the function that stops looking.
 */
export function watchObstacle(
  looks: ObstacleLooks,
  found: Problem,
  everyMs: number,
  gone: () => void,
): () => void {
  const isStillThere = lookFor(looks, found)
  if (!isStillThere) return () => {}
  let isOver = false
  let cancel = looks.clock.after(everyMs, look)

  function look(): void {
    // A look that fails has seen nothing.
    const looked = isStillThere?.().catch(() => true)
    void looked?.then((still) => {
      if (isOver) return
      if (still) cancel = looks.clock.after(everyMs, look)
      else gone()
    })
  }

  return () => {
    isOver = true
    cancel()
  }
}

/** Null where the problem does not go away by itself. */
function lookFor(
  { paths, secretsIndexPath, isPortMoved, findProblem, areSecretsReady }: ObstacleLooks,
  found: Problem,
): (() => Promise<boolean>) | null {
  const signature = async () => `${await configSignature(paths)}|${await fileSignature(secretsIndexPath)}`
  const before = signature()
  const isUnchanged = async () => (await signature()) === (await before)
  switch (found.code) {
    case 'PORT_IN_USE':
    case 'PORT_IN_USE_UNKNOWN': {
      const { port } = found.params
      const pid = found.code === 'PORT_IN_USE' ? found.params.pid : null
      return async () => !(await isPortMoved(port, pid)) && (await isUnchanged())
    }
    case 'STATE_DIR_NOT_A_FOLDER':
    case 'STATE_DIR_NOT_WRITABLE':
      return async () => (await findProblem()) === found.code
    case 'KEYCHAIN_ABSENT':
    case 'KEYCHAIN_LOCKED':
    case 'KEYCHAIN_FAILED':
    case 'SEALED_FILE_LOCKED':
      return async () => !(await areSecretsReady()) && (await isUnchanged())
    case 'CONFIG_SYNTAX':
    case 'CONFIG_INVALID':
    case 'CONFIG_UNREADABLE':
    case 'CONFIG_NOT_A_FILE':
    case 'CONFIG_TOO_LARGE':
    case 'CONFIG_REFUSED':
    case 'TOKEN_MISSING':
    case 'PORT_FORBIDDEN':
      return isUnchanged
    default:
      return null
  }
}

/** Changes whenever the configuration, a file beside it that it may include, or the `.env` does. */
async function configSignature({ configPath, envFilePath }: StatePaths): Promise<string> {
  const folder = dirname(configPath)
  const beside = await readdir(folder).catch(() => [])
  const names = new Set([basename(configPath), ...beside.filter((name) => /\.json5?$/.test(name))])
  const files = [...[...names].map((name) => join(folder, name)), envFilePath]
  return (await Promise.all(files.map(fileSignature))).join('|')
}

/** Reading is tried by mode, not by opening: a FIFO would wait for its writer. */
async function fileSignature(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    (found) => `${path} ${found.ino} ${found.size} ${found.mode} ${found.mtimeNs}`,
    () => `${path} absent`,
  )
}
