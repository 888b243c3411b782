import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeRun, runNames, sweepLeftovers } from '../../../../../host/backup/archive/leftovers.ts'
import { temporaryFolder } from '../state-folder.ts'

/** Every process lives, and began when the test says. */
const table = (startTime: string) => ({ identify: (pid: number) => ({ pid, startTime }) })
const noProcess = { identify: () => null }

function places() {
  const workDir = temporaryFolder()
  const folder = temporaryFolder()
  const make = ({ workFolder, partial }: ReturnType<typeof runNames>) => {
    mkdirSync(join(workDir, workFolder))
    writeFileSync(join(workDir, workFolder, 'copy'), 'secret')
    writeFileSync(join(folder, partial('moltbot-20261125-010203.tar.gz.age')), 'half')
  }
  return { workDir, folder, make, left: () => [...readdirSync(workDir), ...readdirSync(folder)].length }
}

it('sweeps what a dead process has left, also where its pid was given out again', async () => {
  const { make, left, ...where } = places()
  make(runNames('00000001', table('then')))
  await sweepLeftovers(where, table('then'))
  expect(left()).toBe(2)
  await sweepLeftovers(where, table('later'))
  expect(left()).toBe(0)
  make(runNames('00000002', table('then')))
  await sweepLeftovers(where, noProcess)
  expect(left()).toBe(0)
})

it('leaves what is not ours, or may be of another machine that is at work', async () => {
  const { make, left, ...where } = places()
  writeFileSync(join(where.folder, 'moltbot-20261125-010203.tar.gz.age'), 'a backup')
  writeFileSync(join(where.folder, '.holiday.partial'), 'not ours')
  mkdirSync(join(where.workDir, 'archive-of-mine'))
  const foreign = join(where.folder, '.moltbot-x.tar.gz.age.deadbeef-4711-00000000-00000000.partial')
  writeFileSync(foreign, 'of another boot')
  make(runNames('00000003'))
  await sweepLeftovers(where)
  expect(left()).toBe(6)
  utimesSync(foreign, 0, 0)
  await sweepLeftovers(where)
  expect(left()).toBe(5)
})

it('removes what one run has made, and no other', async () => {
  const { make, left, ...where } = places()
  make(runNames('0000000a'))
  make(runNames('0000000b'))
  await removeRun(where, '0000000a')
  expect(left()).toBe(2)
})
