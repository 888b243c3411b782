import { describe, expect, it } from 'vitest'
import { describeState } from '../../../../shared/wording/describe-state.ts'
import { type ScriptedState, scriptedStates } from '../../../fixtures/scripted-states.ts'

const now = new Date(2026, 10, 22, 14, 0).getTime()
const states = scriptedStates(now)

describe('describeState', () => {
  it.each<[ScriptedState, string, string, string, string]>([
    ['notStarted', 'Stopped', 'not started yet', '已停止', '尚未启动'],
    ['starting', 'Starting', 'Waiting for its first answer', '正在启动', '正在等待首次应答'],
    ['running', 'Running', 'for 20 min', '运行中', '已 20 分钟'],
    ['stopping', 'Stopping', 'closing in order', '正在停止', '正在收尾'],
    ['backingOff', 'Waiting to restart', 'in 25 s', '等待重启', '25 秒后'],
    ['adopted', 'Running', 'started elsewhere, only watched', '运行中', '非本应用启动，仅监视'],
    ['service', 'Running', 'as a service of systemd', '运行中', '由 systemd 作为系统服务运行'],
    ['serviceFailed', 'Failed', 'as a service of systemd', '启动失败', '由 systemd 作为系统服务运行'],
  ])('%s', (state, word, reason, zhWord, zhReason) => {
    expect(describeState('en', states[state], now)).toEqual({ word, reason })
    expect(describeState('zh-CN', states[state], now)).toEqual({ word: zhWord, reason: zhReason })
  })

  it('gives the cause of what is not well', () => {
    expect(describeState('en', states.failed, now).reason).toMatch(/^Port 18789 is in use by node/)
    expect(describeState('en', states.degraded, now).reason).toBe('It missed 3 health checks in a row.')
  })

  it('never counts down to zero before the time', () => {
    const almost = { ...states.backingOff, until: now + 1 }
    expect(describeState('en', almost, now).reason).toBe('in 1 s')
  })
})
