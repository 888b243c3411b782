import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { npmHomes } from './npm-home.ts'

const home = npmHomes()
/** Mounts vanish with the program that may make them; nobody needs to be root for it where this is allowed. */
const inOwnMounts = ['--user', '--map-root-user', '--mount']

function whyNoMounts(): string | null {
  try {
    execFileSync('unshare', [...inOwnMounts, 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' })
    return null
  } catch {
    return 'this user may not mount a small disk to test with'
  }
}

const reason = whyNoMounts()
const describeHere = reason === null ? describe : describe.skip
describeHere(reason === null ? 'on a small disk' : `on a small disk [${reason}]`, () => {
  it('an installation that fills it, or would leave too little, leaves nothing', {
    timeout: 60_000,
  }, async () => {
    const { folder, served } = await home()
    await served.publish('clawdbot', [{ version: '2026.2.1', script: '', delivery: 'endless' }])
    const announced = JSON.stringify(served.announced('clawdbot', '2026.2.1'))
    const program = join(import.meta.dirname, 'small-disk-program.ts')
    const args = [...inOwnMounts, process.execPath, program, folder, announced]
    const { stdout } = await promisify(execFile)('unshare', args)
    const ends = stdout.trimEnd().split('\n')
    const end = { end: 'GATEWAY_INSTALL_NO_SPACE', left: [] }
    expect(ends.map((line) => JSON.parse(line))).toEqual([end, end])
  })
})
