import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CallArgs, CallResult } from '../../shared/host-api.ts'
import { ProblemError, problem } from '../../shared/problem.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeOnEachSurface } from './drivers/each-surface.ts'
import { LogsPage } from './pages/logs-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

const now = Date.now()
type Read = (asked: CallArgs<'logs.read'>[0]) => CallResult<'logs.read'>

describeOnEachSurface([], 'the file of the log', (surface) => {
  let open: Scripted
  let logs: LogsPage
  let plainRead: Read

  beforeEach(async () => {
    open = await openScripted(surface, snapshotOf(scriptedStates(now).running, now))
    logs = new LogsPage(open.page)
    const { log } = open.host
    plainRead = log.read.bind(log)
    log.append({ text: 'first', level: 'info' })
  })
  afterEach(async () => {
    expect(open.faults).toEqual([])
    await open.close()
  })

  /** The next answers are changed so. */
  const answering = (change: Partial<CallResult<'logs.read'>>) => {
    open.host.log.read = (asked) => ({ ...plainRead(asked), ...change })
  }

  it('says where lines were passed over, and where another file begins', async () => {
    await logs.open()
    await logs.row('first').waitFor()
    answering({ skippedBytes: 5 * 1024 * 1024 })
    open.host.log.append({ text: 'after the gap' })
    await logs.row('after the gap').waitFor()
    answering({ inode: 8, path: '/tmp/moltbot/moltbot-2026-01-31.log' })
    open.host.log.append({ text: 'the next day' })
    await logs.row('the next day').waitFor()
    expect(await logs.inSight()).toEqual([
      'first',
      '5 MB passed over here: they came faster than they could be read. The file has them.',
      'after the gap',
      'The log goes on in /tmp/moltbot/moltbot-2026-01-31.log',
      'the next day',
    ])
    expect(await open.page.locator('.log-path').innerText()).toContain('moltbot-2026-01-31.log')
    answering({ inode: 9, restarted: true })
    open.host.log.append({ text: 'anew' })
    await expect
      .poll(() => logs.inSight())
      .toContain('The file was emptied or replaced; its lines begin anew.')
  })

  it('that cannot be read: why, and try again', async () => {
    answering({ inode: 0, lines: [], next: { inode: 0, offset: 0 }, trouble: 'EACCES' })
    await logs.open()
    const notice = open.page.getByRole('alert')
    await expect.poll(() => notice.innerText()).toMatch(/The log cannot be read[\s\S]*EACCES/)
    open.host.log.read = plainRead
    await notice.getByRole('button', { name: 'Try now' }).click()
    await logs.row('first').waitFor()
    expect(await notice.count()).toBe(0)
  })

  it('of which the host does not answer: what it said, and try again', async () => {
    open.host.log.read = () => {
      throw new ProblemError(problem('INTERNAL', { detail: 'disk on fire' }))
    }
    await logs.open()
    const notice = open.page.getByRole('alert')
    await expect.poll(() => notice.innerText()).toContain('disk on fire')
    open.host.log.read = plainRead
    await notice.getByRole('button', { name: 'Try now' }).click()
    await logs.row('first').waitFor()
  })

  it('is read one call at a time, and only while somebody looks', async () => {
    const { host } = open
    let under = 0
    let most = 0
    let calls = 0
    const handlers = host.handlers as { 'logs.read': (asked: CallArgs<'logs.read'>[0]) => unknown }
    handlers['logs.read'] = async (asked) => {
      calls += 1
      under += 1
      most = Math.max(most, under)
      await new Promise((resolve) => setTimeout(resolve, 30))
      under -= 1
      return plainRead(asked)
    }
    host.log.append({ text: 'unseen' })
    await logs.open()
    for (let index = 0; index < 20; index++) host.log.append({ text: `burst ${index}` })
    await logs.row('burst 19').waitFor()
    expect(most).toBe(1)
    expect(calls).toBeLessThan(20)
    await open.page.goBack()
    await open.overview.says('The gateway is running')
    const before = calls
    host.log.append({ text: 'nobody looks' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(calls).toBe(before)
  })

  it('can be copied as a path', async () => {
    await logs.open()
    await open.page.locator('.log-path code', { hasText: '/tmp/moltbot/moltbot-2026-01-30.log' }).waitFor()
    await open.page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => void Object.assign(globalThis, { copied: text })
    })
    await logs.button('Copy the file path').click()
    expect(await open.page.evaluate(() => Reflect.get(globalThis, 'copied'))).toBe(
      '/tmp/moltbot/moltbot-2026-01-30.log',
    )
  })
})
