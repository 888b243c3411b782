import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOf } from '../../../../build/prepare/process-identity.mjs'
import { root as project } from '../../../../build/prepare/root.mjs'

const program = `
  import { appendFileSync } from 'node:fs'
  import { setTimeout as delay } from 'node:timers/promises'
  const [lockModule, root] = process.argv.slice(1)
  const { withLock } = await import(lockModule)
  await withLock(root, async () => {
    appendFileSync(root + '/trace', 'in ')
    await delay(150)
    appendFileSync(root + '/trace', 'out ')
  })
`

describe('the preparation lock', () => {
  let root: string
  const lockPath = () => join(root, 'dist', '.preparing')
  const trace = () =>
    existsSync(join(root, 'trace')) ? readFileSync(join(root, 'trace'), 'utf8').trim() : ''
  const contend = () =>
    spawn(
      process.execPath,
      ['--input-type=module', '-e', program, join(project, 'build/prepare/lock.mjs'), root],
      { stdio: 'ignore' },
    )
  const ended = async (child: ChildProcess) => (child.exitCode === null ? once(child, 'exit') : undefined)

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'moltbot-lock-'))
    mkdirSync(join(root, 'dist'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('lets one in at a time and leaves nothing behind', async () => {
    await Promise.all([contend(), contend(), contend()].map(ended))
    expect(trace()).toBe('in out in out in out')
    expect(readdirSync(join(root, 'dist'))).toEqual([])
  })

  it('is free when its holder is dead, or its pid belongs to another process by now', async () => {
    const dead = spawn('/bin/sh', ['-c', 'exit 0'])
    await ended(dead)
    for (const holder of [`${dead.pid} 1\n`, `${process.pid} 1\n`, '']) {
      rmSync(join(root, 'trace'), { force: true })
      writeFileSync(lockPath(), holder)
      await ended(contend())
      expect(trace()).toBe('in out')
    }
    expect(readdirSync(join(root, 'dist'))).toEqual([])
  })

  it('stays held while a program that a dead preparation started still runs', async () => {
    const orphan = spawn('/bin/sleep', ['0.6'])
    writeFileSync(lockPath(), `1073741824 1\n${orphan.pid} ${startOf(orphan.pid ?? 0)}\n`)
    const waiting = contend()
    await ended(orphan)
    expect(trace()).toBe('')
    await ended(waiting)
    expect(trace()).toBe('in out')
  })
})
