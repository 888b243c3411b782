import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Check } from '../../../../host/checks/finding.ts'
import { Reach } from '../../../../host/checks/reach.ts'
import { runChecks } from '../../../../host/checks/run-checks.ts'
import type { BackupsView } from '../../../../shared/backups.ts'
import type { GatewayView } from '../../../../shared/host-api.ts'
import { problem } from '../../../../shared/problem.ts'
import { healthyHomes, troubleIn } from '../../../fixtures/check-home.ts'
import { describeWithSmallDisk, inOwnMounts } from '../../../fixtures/small-disk.ts'

const home = healthyHomes()
const dayMs = 86_400_000

const backups = (change: Partial<BackupsView>): BackupsView => ({
  revision: 1,
  choicesProblem: null,
  folder: '/var/tmp',
  folderProblem: null,
  files: [],
  key: { mode: 'passphrase', recipients: [], keptIn: 'keyFile', sheetSavedAt: null },
  schedule: { enabled: true, at: '03:30', keep: 7, nextAt: 0, overdueSince: null },
  last: null,
  keptStates: [],
  ...change,
})
const file = (createdAt: number) => ({ name: 'a', path: '/var/tmp/a', bytes: 1, createdAt, verifiedAt: null })
const gateway = (state: GatewayView['state']): GatewayView => ({
  revision: 1,
  state,
  port: 1,
  intent: 'running',
  version: null,
  crashes: 0,
})

describe('what only the host knows', () => {
  it.each([
    ['an old backup', backups({ files: [file(Date.now() - 3 * dayMs)] }), ['backupOld']],
    ['none since long', backups({ schedule: { ...backups({}).schedule, overdueSince: 1 } }), ['backupNone']],
    [
      'none, and none planned',
      backups({ schedule: { ...backups({}).schedule, enabled: false } }),
      ['backupNone'],
    ],
    [
      'one that failed, in a folder that is gone',
      backups({
        folderProblem: problem('BACKUP_FOLDER_MISSING', { path: '/x' }),
        last: { at: 1, scheduled: true, problem: problem('BACKUP_FOLDER_MISSING', { path: '/x' }) },
      }),
      ['backupFolderUnusable', 'backupFailed'],
    ],
    [
      'a key that is only here',
      backups({
        files: [file(Date.now())],
        key: { mode: 'key', recipients: ['age1x'], keptIn: 'keychain', sheetSavedAt: null },
      }),
      ['backupKeyUnsaved'],
    ],
    ['a young one', backups({ files: [file(Date.now())] }), []],
  ])('%s', async (_, view, codes) => {
    const at = home()
    at.known = { backups: async () => view }
    expect(troubleIn(await at.look()).map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    [
      'failed',
      gateway({
        name: 'failed',
        since: 1,
        lastLines: ['c4nary'],
        problem: problem('GATEWAY_HUNG', { seconds: 15 }),
      }),
      [['gatewayFailed', 'critical']],
    ],
    [
      'degraded',
      gateway({
        name: 'degraded',
        runId: 'a',
        pid: 1,
        since: 1,
        why: problem('GATEWAY_MISSED_PROBES', { misses: 3 }),
      }),
      [['gatewayUnwell', 'warn']],
    ],
    ['stopped by its owner', gateway({ name: 'stopped', why: 'requested', since: 1 }), []],
  ])('a gateway that is %s', async (_, view, expected) => {
    const at = home()
    at.known = { gateway: () => view }
    const report = await at.look()
    expect(troubleIn(report).map(({ code, level }) => [code, level])).toEqual(expected)
    expect(JSON.stringify(report)).not.toContain('c4nary')
  })

  it('a terminal in the browser', async () => {
    const at = home()
    at.known = { terminals: () => ({ revision: 1, inBrowser: true, open: 0, problem: null }) }
    const { findings } = await at.look({ kind: 'audit' })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'browserTerminal', level: 'info' }))
  })
})

describe('what does not answer', () => {
  const never = () => new Promise<never>(() => {})

  it('is a finding, and holds up nobody else', async () => {
    const at = home()
    const silent: Check = { name: 'service', look: never }
    const broken: Check = {
      name: 'clock',
      async look() {
        throw new Error('broken')
      },
    }
    const parts = { statePaths: {}, knowledge: { secrets: { storedNames: [] } }, now: Date.now, env: at.env }
    const started = performance.now()
    // Neither of the two looks at what it stands on.
    const report = await runChecks(parts as never, {
      kind: 'doctor',
      deep: false,
      fix: true,
      limitMs: 50,
      checks: [silent, broken],
    })
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(report.findings).toMatchObject([
      { code: 'checkTimedOut', level: 'warn', facts: { check: 'service' } },
      { code: 'checkFailed', level: 'warn', facts: { check: 'clock', detail: 'Error: broken' } },
    ])
  })

  it('is asked once, however often it is looked at', async () => {
    let asked = 0
    const silent = new Reach((path) => {
      asked += 1
      return path === '/gone' ? never() : Promise.reject(new Error('ENOENT'))
    }, 20)
    const at = home()
    at.parts = { reach: silent }
    at.known = { backups: async () => backups({ folder: '/gone' }) }
    const both = [await at.look(), await at.look()]
    for (const report of both) {
      expect(troubleIn(report)).toMatchObject([{ code: 'backupFolderUnusable', facts: { folder: '/gone' } }])
    }
    expect(await silent.answers('/there')).toBe(true)
    asked = 0
    expect(await silent.answers('/gone')).toBe(false)
    expect(asked).toBe(0)
  })
})

describeWithSmallDisk('a small disk', () => {
  it('is told by what is free on it', () => {
    const at = home()
    const program = join(import.meta.dirname, 'small-disk-program.ts')
    const said = execFileSync('unshare', [...inOwnMounts, process.execPath, program, at.base], {
      encoding: 'utf8',
    })
    expect(JSON.parse(said)).toMatchObject([
      { size: '100m', level: 'critical', code: 'diskFull', facts: { path: join(at.base, 'disk') } },
      { size: '600m', level: 'warn', code: 'diskLow' },
      { size: '1500m', level: 'ok', code: 'disk' },
    ])
  })
})
