import { describe, expect, it } from 'vitest'
import { trayTooltip } from '../../../../electron/tray/state-lines.ts'
import { type TrayItem, trayMenu } from '../../../../electron/tray/tray-menu.ts'
import type { TrayModel } from '../../../../electron/tray/tray-model.ts'
import type { GatewayState } from '../../../../shared/gateway-state.ts'
import { problem } from '../../../../shared/problem.ts'
import { scriptedStates, snapshotOf } from '../../../fixtures/scripted-states.ts'

const now = new Date(2026, 10, 22, 9, 32).getTime()
const states = scriptedStates(now)

function modelOf(state: GatewayState | null, change: Partial<TrayModel> = {}): TrayModel {
  const gateway = state && snapshotOf(state, now).gateway
  return { gateway, language: 'en', languageChoice: 'system', updateVersion: null, ...change }
}

/** As a person reads it. */
function read(items: readonly TrayItem[]): string[] {
  return items.flatMap(readItem)
}

function readItem(item: TrayItem): string[] {
  switch (item.type) {
    case 'separator':
      return ['-']
    case 'text':
      return [`(${item.label})`]
    case 'normal':
      return [item.enabled ? item.label : `(${item.label})`]
    case 'radio':
      return [`${item.checked ? '•' : '◦'} ${item.label}`]
    case 'submenu':
      return [item.label, ...read(item.submenu).map((line) => `  ${line}`)]
  }
}

const enabled = (state: GatewayState | null) =>
  trayMenu(modelOf(state), 'linux').flatMap((item) =>
    item.type === 'normal' && ['start', 'stop', 'restart'].includes(item.id) && item.enabled ? [item.id] : [],
  )

describe('the menu of the tray', () => {
  it('says the state first, then what can be done', () => {
    expect(read(trayMenu(modelOf(states.running), 'linux'))).toEqual([
      '(● Running · since 22 Nov, 09:11)',
      '-',
      '(Start the gateway)',
      'Stop the gateway',
      'Restart the gateway',
      '-',
      'Open Moltbot',
      'Logs',
      'Settings',
      'Language',
      '  • System',
      '  ◦ English',
      '  ◦ 简体中文',
      '-',
      'Quit',
    ])
  })

  it('says in Chinese what is wrong, and shows an update', () => {
    const model = modelOf(states.failed, {
      language: 'zh-CN',
      languageChoice: 'zh-CN',
      updateVersion: '0.2.0',
    })
    const lines = read(trayMenu(model, 'darwin'))
    expect(lines[0]).toBe('(✕ 启动失败)')
    expect(lines[1]).toMatch(/18789.*node/)
    expect(lines).toContain('↑ 更新到 0.2.0…')
    expect(lines).toContain('  • 简体中文')
    expect(lines.at(-1)).toBe('退出 Moltbot')
    expect(lines.join('').replace(/English|Moltbot|node|PID|ann|简体中文/g, '')).not.toMatch(/[A-Za-z]{3}/)
  })

  it.each([
    ['nothing before the host has opened', null, []],
    ['start from rest', states.stopped, ['start']],
    ['start after a failure', states.failed, ['start']],
    ['stop while starting', states.starting, ['stop']],
    ['stop and restart while running', states.running, ['stop', 'restart']],
    ['stop and restart while degraded', states.degraded, ['stop', 'restart']],
    ['nothing while stopping for good', states.stopping, []],
    ['start and stop while waiting', states.backingOff, ['start', 'stop']],
    ['nothing for one that was started elsewhere', states.adopted, []],
    ['nothing for another user’s', states.foreign, []],
    ['stop and restart of a service', states.service, ['stop', 'restart']],
    ['start of a service that failed', states.serviceFailed, ['start']],
  ])('offers %s', (_what, state, offered) => {
    expect(enabled(state)).toEqual(offered)
  })

  it.each([
    [null, '(◐ Moltbot is starting)'],
    [states.notStarted, '(■ Stopped · not started yet)'],
    [states.degraded, '(▲ Not answering well)'],
    [states.backingOff, '(▲ Waiting to restart)'],
    [states.stopping, '(◐ Stopping · closing in order)'],
    [states.adopted, '(● Running · started elsewhere, only watched)'],
    [states.service, '(● Running · as a service of systemd)'],
    [states.serviceFailed, '(✕ Failed · as a service of systemd)'],
    [states.foreign, '(▲ Not yours)'],
  ])('names each state, with its form', (state, line) => {
    expect(read(trayMenu(modelOf(state), 'linux'))[0]).toBe(line)
  })

  it('gives the reason for what needs attention, and for nothing else', () => {
    const reasons = Object.entries(states).flatMap(([name, state]) =>
      trayMenu(modelOf(state), 'linux').some((item) => item.type === 'text' && item.id === 'reason')
        ? [name]
        : [],
    )
    expect(reasons.sort()).toEqual(['backingOff', 'degraded', 'failed', 'foreign', 'starting']) // it is a slow start
  })

  it('lets foreign text neither break the line, nor reorder it, nor set a mnemonic', () => {
    const program = `a&b\n\u202e\u001b[31m${'x'.repeat(300)}`
    const taken = problem('PORT_IN_USE', { port: 1, pid: 2, program, user: 'ann', startedAt: now })
    const model = modelOf({ name: 'failed', problem: taken, since: now, lastLines: [] })
    const reason = read(trayMenu(model, 'linux'))[1] ?? ''
    expect(reason).toContain('a&&b')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    expect(reason).not.toMatch(/[\u0000-\u001f\u202e]/)
    expect(reason.length).toBeLessThan(125)
    expect(trayTooltip(model).split('\n')).toHaveLength(2)
  })

  it('stays the same while nothing but time passes', () => {
    const model = modelOf(states.running)
    expect(trayMenu(model, 'linux')).toEqual(trayMenu({ ...model }, 'linux'))
    expect(trayTooltip(model)).toBe('Moltbot: Running · since 22 Nov, 09:11')
  })
})
