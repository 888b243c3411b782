import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/**
 * Runs a program in a process group of its own, so that it can be ended with all it started.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, logPath: string, onStart?: (pid: number) => void }} options
 *   both output streams go to `logPath`
 * @returns {Promise<{ code: number | null, missing: boolean }>} `missing`: there is no such program
 */
export function runLogged(command, args, { cwd, env, logPath, onStart }) {
  const log = openSync(logPath, 'w', 0o600)
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], detached: true })
  running.add(child)
  if (child.pid !== undefined) onStart?.(child.pid)
  return new Promise((resolve, reject) => {
    child.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      running.delete(child)
      if (error.code === 'ENOENT') resolve({ code: null, missing: true })
      else reject(error)
    })
    child.on('exit', (code) => {
      running.delete(child)
      resolve({ code, missing: false })
    })
  })
}

/** Ends every group that {@link runLogged} started: asked first, killed after a second. */
export async function endChildren() {
  const groups = [...running].flatMap((child) => (child.pid === undefined ? [] : [child.pid]))
  for (const group of groups) signalGroup(group, 'SIGTERM')
  for (let waited = 0; waited < 1000 && groups.some(isAlive); waited += 25) await delay(25)
  for (const group of groups) signalGroup(group, 'SIGKILL')
}

/** @param {number} group */
const isAlive = (group) => signalGroup(group, 0)

/**
 * @param {number} group
 * @param {NodeJS.Signals | 0} signal
 */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false // The group is gone, which is what was wanted.
  }
}
