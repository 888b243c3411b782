import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Problem, problem } from '../../../../shared/problem.ts'
import { describeExit, describeProblem } from '../../../../shared/wording/describe-problem.ts'
import { enProblems } from '../../../../shared/wording/en-problems.ts'
import { zhCnProblems } from '../../../../shared/wording/zh-cn-problems.ts'

/** Read from the source, because the codes are a type only: what the type says must be what runs. */
function declaredCodes(): string[] {
  const shared = new URL('../../../../shared/', import.meta.url)
  const files = readdirSync(shared).filter((name) => /^problem\.ts$|-problems\.ts$/.test(name))
  return files.flatMap((file) => {
    const source = readFileSync(new URL(file, shared), 'utf8')
    return [...source.matchAll(/^ {2,4}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? '')
  })
}

const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort()
const facts = (texts: { what: string; why: string; remedy: string }) => [
  ...new Set(placeholders(texts.what + texts.why + texts.remedy)),
]

describe('describeProblem', () => {
  it.each(declaredCodes())('has all three texts for %s in both languages', (code) => {
    for (const catalogue of [enProblems, zhCnProblems] as Record<string, unknown>[]) {
      expect(catalogue[code]).toEqual({
        what: expect.stringMatching(/\S[.。]$/),
        why: expect.stringMatching(/\S[.。]$/),
        remedy: expect.stringMatching(/\S[.。]$/),
      })
    }
  })

  it('has no text for a code that does not exist', () => {
    expect(Object.keys(enProblems).sort()).toEqual(declaredCodes().sort())
  })

  it.each(Object.keys(enProblems))('uses the same facts in both languages for %s', (code) => {
    const key = code as keyof typeof enProblems
    expect(facts(zhCnProblems[key])).toEqual(facts(enProblems[key]))
  })

  it('names who holds the port and what to do about it', () => {
    const startedAt = new Date().setHours(9, 12, 0, 0)
    const taken = problem('PORT_IN_USE', { port: 18789, pid: 4121, program: 'node', user: 'ann', startedAt })
    expect(describeProblem('en', taken)).toEqual({
      what: 'The gateway cannot start.',
      why: 'Port 18789 is in use by node (pid 4121, started 09:12 by ann).',
      remedy:
        'Stop that program, or choose another port: set `gateway.port` in `moltbot.json` or `MOLTBOT_GATEWAY_PORT`.',
    })
    expect(describeProblem('zh-CN', taken).why).toBe(
      '端口 18789 已被 `node` 占用（PID 4121，由用户 `ann` 于 09:12 启动）。',
    )
  })

  it('names file, key, line and column of a bad value', () => {
    const bad = problem('CONFIG_INVALID', {
      path: '/home/ann/.clawdbot/moltbot.json',
      key: 'gateway.port',
      line: 4,
      column: 11,
      detail: 'expected a number.',
    })
    expect(describeProblem('en', bad).why).toBe(
      '`gateway.port` in `/home/ann/.clawdbot/moltbot.json`, line 4, column 11: `expected a number`.',
    )
  })

  it('speaks of an unknown user where no name is given', () => {
    const hidden = problem('PORT_IN_USE_UNKNOWN', { port: 18789, user: '' })
    expect(describeProblem('en', hidden).remedy).toMatch(/^Ask another user to stop it/)
    expect(describeProblem('zh-CN', hidden).why).toMatch(/^端口 18789 已被 其他用户 的程序占用/)
  })

  it('says sizes and states in words', () => {
    const large = problem('CONFIG_TOO_LARGE', { path: '/x', bytes: 3 * 1024 * 1024, limitBytes: 1024 * 1024 })
    expect(describeProblem('en', large).why).toBe('`/x` has 3 MB; at most 1 MB are read.')
    const idle = problem('GATEWAY_NOT_RUNNING', { state: 'backingOff' })
    expect(describeProblem('zh-CN', idle).why).toBe('当前状态：等待重启。')
  })

  it('shows an unknown code with its facts instead of hiding it', () => {
    // A newer host may send this; the cast stands for a message from outside.
    const newer = { code: 'DISK_MELTED', params: { disk: 'sda', degrees: 900 } } as unknown as Problem
    expect(describeProblem('en', newer).why).toBe('`DISK_MELTED` disk=sda degrees=900')
    expect(describeProblem('zh-CN', newer).why).toBe('`DISK_MELTED` disk=sda degrees=900')
  })

  it('leaves a visible gap for a missing fact, and text from outside as it is', () => {
    const bare = { code: 'GATEWAY_HUNG', params: {} } as unknown as Problem
    expect(describeProblem('en', bare).why).toContain('for ? s')
    const hostile = problem('INTERNAL', { detail: '$t(act.stop) {{code}} <b>' })
    expect(describeProblem('en', hostile).why).toBe('`$t(act.stop) {{code}} <b>`.')
  })
})

describe('describeExit', () => {
  it.each([
    ['1', 'exit code 1'],
    ['code 78', 'exit code 78'],
    ['SIGKILL', 'signal SIGKILL'],
    ['signal SIGTERM', 'signal SIGTERM'],
    ['vanished', 'vanished'],
  ])('%s reads %s', (exit, words) => {
    expect(describeExit('en', exit)).toBe(words)
  })
})
