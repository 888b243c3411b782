import { appendFileSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startOf } from './process-identity.mjs'

/** @type {((pid: number) => void) | null} */
let addHolder = null

/**
 * Lets the lock outlive this process for as long as a program it started still writes.
 * @param {number} pid
 */
export const holdLockFor = (pid) => addHolder?.(pid)

/**
 * Does the work while no other preparation of the same folder is under way.
 * @param {string} root
 * @param {() => Promise<void>} work
 */
export async function withLock(root, work) {
  makeFolder(join(root, 'dist'))
  const path = join(root, 'dist', '.preparing')
  const own = `${path}.${process.pid}`
  rmSync(own, { force: true })
  /** @param {number} pid */
  const hold = (pid) => appendFileSync(own, `${pid} ${startOf(pid)}\n`)
  hold(process.pid)
  const release = () => {
    if (addHolder === hold) rmSync(path, { force: true })
    addHolder = null
    rmSync(own, { force: true })
  }
  // A signal ends the process without coming back here.
  process.once('exit', release)
  try {
    await take(path, own)
    // `own` and the lock are one file under two names, so what is written here shows there.
    addHolder = hold
    await work()
  } finally {
    release()
  }
}

/**
 * @param {string} path
 * @param {string} own
 */
async function take(path, own) {
  let told = false
  for (;;) {
    try {
      linkSync(own, path)
      return
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
    }
    const seen = read(path)
    if (seen === null) continue
    if (isHeld(seen)) {
      if (!told) process.stderr.write('Another start is preparing this folder; waiting for it …\n')
      told = true
      await delay(100)
    } else {
      removeStale(path, own, seen)
    }
  }
}

/**
 * @param {string} path
 * @param {string} own
 * @param {string} seen what the dead holder wrote
 */
function removeStale(path, own, seen) {
  const aside = `${own}.stale`
  try {
    renameSync(path, aside)
    // Another start may have been quicker, and then this is its lock: give it back.
    if (read(aside) !== seen) linkSync(aside, path)
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
  // The dead one's own name for it, and those of others that were killed while they waited.
  for (const name of readdirSync(dirname(path))) {
    const pid = Number(/^\.preparing\.(\d+)/.exec(name)?.[1])
    if (pid > 0 && startOf(pid) === null) rmSync(join(dirname(path), name), { force: true })
  }
}

/** @param {string} path */
function makeFolder(path) {
  try {
    // With `recursive` a read-only disk is reported as ENOENT.
    mkdirSync(path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
}

/**
 * A holder is a line of pid and start time.
 * @param {string} text
 */
function isHeld(text) {
  return text.split('\n').some((line) => {
    const pid = Number.parseInt(line, 10)
    const start = pid > 0 ? startOf(pid) : null
    return start !== null && line === `${pid} ${start}`
  })
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
const isCode = (error, code) => error instanceof Error && 'code' in error && error.code === code
