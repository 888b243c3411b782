import { afterAll, afterEach, expect, it } from 'vitest'
import type { ChecksReport } from '../../shared/checks.ts'
import { problem } from '../../shared/problem.ts'
import { aReport, auditFindings, someFindings, wellOf } from '../fixtures/scripted-checks.ts'
import { scriptedStates, snapshotOf } from '../fixtures/scripted-states.ts'
import { describeWith } from '../setup/requirements.ts'
import { browserSurface } from './drivers/browser-surface.ts'
import { violations } from './pages/axe.ts'
import { HealthPage } from './pages/health-page.ts'
import { openScripted, type Scripted } from './pages/scripted-page.ts'

describeWith(['chromium'], 'health', () => {
  const surface = browserSurface()
  let open: Scripted | undefined
  const now = Date.now()
  const { running } = scriptedStates(now)
  afterAll(() => surface.close())
  afterEach(async () => {
    expect(open?.faults ?? []).toEqual([])
    await open?.close()
    open = undefined
  })

  /** Answers each order as a host would: a view while it runs, a view with the report, and the report. */
  async function show(
    answer: (kind: ChecksReport['kind'], fix: boolean) => ChecksReport | Promise<ChecksReport>,
  ) {
    const opened = await openScripted(surface, snapshotOf(running, now))
    open = opened
    const { host } = opened
    const orders: string[] = []
    const run = async (kind: ChecksReport['kind'], order: { deep: boolean; fix: boolean }) => {
      orders.push([kind, order.deep && 'deep', order.fix && 'fix'].filter(Boolean).join(' '))
      host.tell('checks', { isRunning: true })
      const report = await answer(kind, order.fix)
      host.tell('checks', { isRunning: false, [kind]: report })
      return report
    }
    host.on['checks.doctor'] = (order) => run('doctor', order)
    host.on['checks.audit'] = (order) => run('audit', order)
    const health = new HealthPage(opened.page)
    await health.open()
    return { ...opened, health, orders }
  }
  const focused = () => open?.page.evaluate(() => document.activeElement?.id)

  it('answers first, then the worst; what shows it is one press away', async () => {
    const { page, health, orders } = await show(() => aReport('doctor', someFindings(now)))
    await health.headline.getByText('3 things need you').waitFor()
    expect(await health.answer.innerText()).toContain('Checked just now, in 182 ms')
    expect(orders).toEqual(['doctor'])
    const titles = await page.locator('.finding h3').allInnerTexts()
    expect(titles).toEqual([
      'Port 18789 is taken Critical',
      'Others can look into the state folder Warning',
      'Credentials or messages are open to others Warning',
      'There is no backup Note',
    ])
    const open = health.finding('Credentials or messages')
    expect(await open.locator('.finding-evidence').count()).toBe(0)
    await open.getByRole('button', { name: 'Evidence Credentials or messages' }).press('Enter')
    expect(await open.locator('.finding-evidence').innerText()).toContain(
      '0755 /home/ann/.clawdbot/credentials',
    )
    expect(await open.locator('.finding-evidence').innerText()).toContain('filesOpen')
    await health.button('8 checks found nothing.').click()
    expect(await page.locator('.well-list').innerText()).toContain('Token of the gateway')
    expect(await violations(page)).toEqual([])
  })

  it('says what mending would do, does it, and lists what was done', async () => {
    const mended = [
      { code: 'stateFolderOpen', facts: { path: '/home/ann/.clawdbot', mode: '0755' }, problem: null },
      {
        code: 'filesOpen',
        facts: { path: '/home/ann/.clawdbot', count: 2 },
        problem: problem('MEND_FAILED', { path: '/home/ann/.clawdbot/credentials', detail: 'EPERM' }),
      },
    ]
    const { page, health, orders } = await show((kind, fix) => {
      const all = someFindings(now)
      return fix
        ? aReport(
            kind,
            all.filter(({ code }) => code !== 'stateFolderOpen'),
            { mended },
          )
        : aReport(kind, all)
    })
    await health.button('Mend 2').click()
    expect(await health.mend.innerText()).toContain('Take the rights of others from /home/ann/.clawdbot')
    // The harmless button has the focus.
    await page.keyboard.press('Enter')
    expect(await health.mend.count()).toBe(0)
    await expect.poll(focused).toBe('health-mend')
    expect(orders).toEqual(['doctor'])
    await health.button('Mend 2').click()
    await health.button(/^Mend$/).click()
    await health.headline.getByText('2 things need you').waitFor()
    expect(orders).toEqual(['doctor', 'doctor fix'])
    await expect.poll(() => health.mend.count()).toBe(0)
    await health.finding('Take the rights of others from /home/ann/.clawdbot Mended').waitFor()
    const left = health.finding('Not mended')
    expect(await left.innerText()).toContain('EPERM')
    // Looked at again, it is no longer news.
    await health.button('Check again').click()
    await expect.poll(() => health.finding('Not mended').count()).toBe(0)
  })

  it('has the audit beside it, and asks the running gateway too', async () => {
    const { health, orders } = await show((kind) =>
      kind === 'audit' ? aReport('audit', auditFindings()) : aReport('doctor', wellOf()),
    )
    await health.headline.getByText('No trouble found').waitFor()
    expect(await health.button(/^Mend/).count()).toBe(0)
    await health.choose('Security audit')
    await health.headline.getByText('2 things need you').waitFor()
    expect(orders).toEqual(['doctor', 'audit deep'])
    await health.finding('Anybody can write to the assistant through whatsapp').waitFor()
    await health.choose('Doctor')
    await health.headline.getByText('No trouble found').waitFor()
    expect(orders).toHaveLength(2)
  })

  it('shows that it runs, and why it could not', async () => {
    const { page, host, health } = await show(() => new Promise(() => {}))
    await health.answer.getByText('Checking …').waitFor()
    expect(await health.headline.innerText()).toBe('Not checked yet')
    expect(await health.button('Check now').getAttribute('aria-disabled')).toBe('true')
    await page.reload()
    host.refusal = problem('INTERNAL', { detail: 'EIO' })
    host.tell('checks', { isRunning: false })
    await page.locator('.checks h1').waitFor()
    await health.answer.getByRole('alert').getByText('EIO').waitFor()
    host.refusal = null
    host.on['checks.doctor'] = () => {
      const report = aReport('doctor', wellOf())
      host.tell('checks', { doctor: report })
      return report
    }
    await health.button('Check now').click()
    await health.headline.getByText('No trouble found').waitFor()
    expect(await health.answer.getByRole('alert').count()).toBe(0)
  })
})
