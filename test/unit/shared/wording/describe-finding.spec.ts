import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkNames } from '../../../../shared/findings.ts'
import { describeFinding, describeMended } from '../../../../shared/wording/describe-finding.ts'
import { enFindings, type FindingText } from '../../../../shared/wording/en-findings.ts'
import { zhCnFindings } from '../../../../shared/wording/zh-cn-findings.ts'

/** Read from the source, because facts are a type only. */
function declaredFacts(): Map<string, string[]> {
  const source = readFileSync(new URL('../../../../shared/findings.ts', import.meta.url), 'utf8')
  const lines = source.matchAll(/^ {2}(\w+): (?:\{ (.*) \}|Record<never, never>)$/gm)
  return new Map(
    [...lines].map(([, code = '', facts = '']) => [
      code,
      facts.split('; ').flatMap((fact) => fact.split(':')[0] || []),
    ]),
  )
}

const declared = declaredFacts()

describe('the words of findings', () => {
  it('are there for each that is declared, and for no other', () => {
    expect(Object.keys(enFindings).sort()).toEqual([...declared.keys()].sort())
    expect(declared.size).toBeGreaterThan(80)
  })

  it.each([...declared])('%s uses only its own facts, in both languages', (code, facts) => {
    for (const texts of [enFindings, zhCnFindings] as Record<string, FindingText>[]) {
      const { title = '', detail = '', remedy = '', mend = '' } = texts[code] ?? {}
      const used = [...(title + detail + remedy + mend).matchAll(/{{(\w+)}}/g)].map(([, name]) => name)
      expect(used.filter((name) => !facts.includes(name ?? ''))).toEqual([])
      expect(title).toMatch(/[^.。]$/)
      for (const sentence of [detail, remedy]) expect(sentence).toMatch(/[.。]$/)
    }
  })

  it('say times, sizes, reasons and places in words', () => {
    const at = new Date(2026, 10, 22, 9, 12).getTime()
    const words = (code: string, facts: Record<string, string | number>, language: 'en' | 'zh-CN' = 'en') =>
      describeFinding(language, { code, facts, level: 'warn', fix: 'manual' }).detail
    expect(words('backupOld', { at, folder: '/b' })).toBe('It is of 22 Nov 2026, 09:12:00, in `/b`.')
    expect(words('diskLow', { path: '/', bytes: 900 * 1024 * 1024 })).toBe('900 MB are free where `/` lies.')
    expect(words('gatewayUnwell', { reason: 'GATEWAY_HUNG' })).toMatch(/^The gateway .*[^.]\.$/)
    expect(words('gatewayUnwell', { reason: 'NEW' })).toBe('`NEW`.')
    expect(words('tokenShort', { source: 'envFile', least: 24 }, 'zh-CN')).toBe('不足 24 个字符（`.env`）。')
    expect(words('checkTimedOut', { check: 'disk', seconds: 5 }, 'zh-CN')).toContain('磁盘空间')
  })

  it('name a path in a command so that a shell takes it for one word', () => {
    const remedy = (path: string) =>
      describeFinding('en', {
        code: 'stateFolderForeign',
        facts: { path, user: 'a' },
        level: 'warn',
        fix: 'manual',
      }).remedy
    expect(remedy('/home/me/.clawdbot')).toContain('chown -R "$USER" /home/me/.clawdbot`')
    expect(remedy("/home/me/it's mine")).toContain(String.raw`chown -R "$USER" '/home/me/it'\''s mine'`)
  })

  it('are there for each check that found nothing', () => {
    for (const code of checkNames) {
      for (const language of ['en', 'zh-CN'] as const) {
        expect(describeFinding(language, { code, level: 'ok', facts: {}, fix: null }).title).not.toBe(code)
      }
    }
  })

  it('show a finding of a newer host with its facts', () => {
    const newer = { code: 'diskMelted', level: 'warn', facts: { disk: 'sda' }, fix: 'automatic' } as const
    expect(describeFinding('en', newer)).toMatchObject({
      title: 'diskMelted',
      detail: '`disk=sda`',
      mend: null,
    })
    expect(describeMended('en', newer)).toBe('diskMelted')
  })
})
