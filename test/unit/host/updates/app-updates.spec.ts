import { describe, expect, it } from 'vitest'
import { JobBoard } from '../../../../host/jobs/job-board.ts'
import type { AppUpdater } from '../../../../host/updates/app-updater.ts'
import { AppUpdates } from '../../../../host/updates/app-updates.ts'
import { noAppUpdater } from '../../../../host/updates/no-app-updater.ts'
import { type ProblemError, problem } from '../../../../shared/problem.ts'
import type { Offer } from '../../../../shared/updates.ts'
import { StillClock } from '../../../fixtures/still-clock.ts'

const offer: Offer = { version: '9.9.9', publishedAt: 1, bytes: 100, notes: 'New.', notesUrl: null }
const nothing = { offer: null, skipped: null, checkedAt: null }
const settle = () => new Promise((resolve) => setImmediate(resolve))

function open(updater: Partial<AppUpdater> = {}, found = { ...nothing, offer: null as Offer | null }) {
  const clock = new StillClock()
  const asked: string[] = []
  const noted: string[] = []
  const app: AppUpdater = {
    unavailable: null,
    former: null,
    async check(channel) {
      asked.push(`check ${channel}`)
      return { ok: true, offer }
    },
    async download(progress) {
      asked.push('download')
      progress(100, 100)
      return { ok: true, bytes: 100 }
    },
    async installNow() {
      asked.push('install')
      return null
    },
    installOnQuit: (wanted) => void asked.push(`on quit: ${wanted}`),
    ...updater,
  }
  const jobs = new JobBoard(clock, () => {})
  const updates = new AppUpdates({
    clock,
    app,
    jobs,
    found,
    changed: () => {},
    note: (kind) => void noted.push(kind),
  })
  return { updates, jobs, asked, noted, clock }
}

function codeOf(act: () => unknown): string {
  try {
    act()
    return 'none'
  } catch (error) {
    return (error as ProblemError).problem.code
  }
}

describe('the application’s own update', () => {
  it('is offered, downloaded, and installed when it is left or at once', async () => {
    const { updates, jobs, asked, noted, clock } = open()
    expect(updates.view).toMatchObject({ state: 'idle', offer: null, checkedAt: null })
    expect(codeOf(() => updates.download('stable'))).toBe('UPDATE_DOWNLOAD_FAILED')
    await updates.check('stable')
    expect(updates.view).toMatchObject({ state: 'offered', offer, checkedAt: clock.wall })
    await expect(updates.install('now')).rejects.toMatchObject({ problem: { code: 'UPDATE_INSTALL_FAILED' } })
    updates.download('stable')
    expect(updates.view.state).toBe('downloading')
    expect(codeOf(() => updates.download('stable'))).toBe('UPDATE_BUSY')
    await settle()
    expect(jobs.view.jobs[0]).toMatchObject({
      state: 'done',
      result: { kind: 'app.download', version: '9.9.9', bytes: 100 },
    })
    expect(updates.view).toMatchObject({ state: 'ready', offer, installOnQuit: false })
    await updates.install('onQuit')
    expect(updates.view.installOnQuit).toBe(true)
    await updates.check('stable')
    await updates.install('now')
    expect(updates.view.state).toBe('installing')
    expect(asked).toEqual(['check stable', 'download', 'on quit: true', 'install'])
    expect(noted).toEqual(['appUpdateReady'])
  })

  it('is offered again after a download that failed or was cancelled, and says why', async () => {
    const failed = problem('UPDATE_DOWNLOAD_FAILED', { version: '9.9.9', detail: 'ECONNRESET' })
    const { updates, noted } = open({ download: async () => ({ ok: false, ...failed }) })
    await updates.check('stable')
    updates.download('stable')
    await settle()
    expect(updates.view).toMatchObject({ state: 'offered', problem: failed })
    expect(noted).toEqual(['appUpdateFailed'])

    const other = open({ download: async () => ({ ok: false, ...problem('JOB_CANCELLED', {}) }) })
    await other.updates.check('stable')
    other.updates.download('stable')
    await settle()
    expect(other.updates.view).toMatchObject({ state: 'offered', problem: null })
  })

  it('stays downloaded when it could not be installed', async () => {
    const failed = problem('UPDATE_INSTALL_FAILED', { version: '9.9.9', detail: 'EROFS' })
    const { updates } = open({ installNow: async () => failed })
    await updates.check('stable')
    updates.download('stable')
    await settle()
    await updates.install('now')
    expect(updates.view).toMatchObject({ state: 'ready', problem: failed })
  })

  it('is not told once it is skipped, and told again on request', async () => {
    const { updates } = open()
    await updates.check('beta')
    updates.skip('9.9.9')
    expect(updates.view).toMatchObject({ state: 'idle', offer: null, skipped: '9.9.9' })
    await updates.check('beta')
    expect(updates.view.state).toBe('idle')
    updates.skip(null)
    expect(updates.view).toMatchObject({ state: 'offered', offer, skipped: null })
  })

  it('that a former run was offered is asked for again before it is downloaded', async () => {
    const { updates, jobs, asked } = open({}, { ...nothing, offer })
    expect(updates.view.state).toBe('offered')
    updates.download('stable')
    await settle()
    expect(asked).toEqual(['check stable', 'download'])
    expect(updates.view.state).toBe('ready')

    const gone = open({ check: async () => ({ ok: true, offer: null }) }, { ...nothing, offer })
    gone.updates.download('stable')
    await settle()
    expect(gone.jobs.view.jobs[0]).toMatchObject({ problem: { code: 'UPDATE_DOWNLOAD_FAILED' } })
    expect(gone.asked).toEqual([])
    expect(jobs.isBusy).toBe(false)
  })

  it('of another channel is neither offered nor downloaded, even if it was asked for before the change', async () => {
    let answer = () => {}
    const late = new Promise<void>((resolve) => {
      answer = resolve
    })
    const beta = { ...offer, version: '10.0.0-beta.1' }
    const check: AppUpdater['check'] = async (channel) => {
      if (channel === 'beta') await late
      return { ok: true, offer: channel === 'beta' ? beta : null }
    }
    const { updates } = open({ check })
    const checking = updates.check('beta')
    updates.forget()
    answer()
    await checking
    expect(updates.view).toMatchObject({ state: 'idle', offer: null, checkedAt: null })

    const asked: string[] = []
    const cancelled = open({
      check,
      download: async () => {
        asked.push('download')
        return { ok: false, ...problem('JOB_CANCELLED', {}) }
      },
    })
    await cancelled.updates.check('beta')
    cancelled.updates.download('beta')
    cancelled.updates.forget()
    await settle()
    cancelled.updates.download('stable')
    await settle()
    expect(cancelled.updates.view).toMatchObject({
      state: 'idle',
      problem: { code: 'UPDATE_DOWNLOAD_FAILED' },
    })
    expect(asked).toEqual(['download'])
  })

  it('that failed with nobody to tell is in the timeline, too', () => {
    const former = problem('UPDATE_INSTALL_FAILED', { version: '9.9.9', detail: 'EROFS' })
    const { updates, noted } = open({ former })
    expect([updates.view.problem, noted]).toEqual([former, ['appUpdateFailed']])
  })

  it('says what a check failed for and what was found before, and why a copy cannot update itself', async () => {
    const unreachable = problem('UPDATE_FEED_UNREACHABLE', { url: 'https://x', detail: 'ETIMEDOUT' })
    const { updates } = open({ check: async () => ({ ok: false, ...unreachable }) }, { ...nothing, offer })
    await updates.check('stable')
    expect(updates.view).toMatchObject({ state: 'offered', problem: unreachable, checkedAt: null })

    const none = open(noAppUpdater('a repository'))
    await none.updates.check('stable')
    expect(none.updates.view).toMatchObject({
      state: 'unavailable',
      problem: { code: 'UPDATE_NOT_PACKAGED' },
    })
    expect(none.updates.due).toEqual([])
    expect(codeOf(() => none.updates.download('stable'))).toBe('UPDATE_NOT_PACKAGED')
  })
})
