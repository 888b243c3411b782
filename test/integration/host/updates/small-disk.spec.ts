import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { describeWithSmallDisk, inOwnMounts } from '../../../fixtures/small-disk.ts'
import { npmHomes } from './npm-home.ts'

const home = npmHomes()
describeWithSmallDisk('on a small disk', () => {
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
