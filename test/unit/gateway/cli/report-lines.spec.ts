import { describe, expect, it } from 'vitest'
import { reportLines } from '../../../../gateway/cli/checks/report-lines.ts'
import { aFinding, aReport, someFindings, wellOf } from '../../../fixtures/scripted-checks.ts'

const plain = { isColoured: false, width: null }
const controlStart = '\u001b'

describe('a report in a terminal', () => {
  it('has the worst first, what shows it, what to do, and a sum', () => {
    const lines = reportLines(aReport('doctor', someFindings(Date.now())), plain)
    const heads = lines.flatMap((line) => /^[A-Z]+ /.exec(line)?.[0].trim() ?? [])
    expect(heads).toEqual(['CRITICAL', 'WARNING', 'WARNING', 'NOTE', 'OK'])
    expect(lines).toContain('          · 0755 /home/ann/.clawdbot/credentials/whatsapp')
    expect(lines).toContain('          → Make it private: chmod 700 /home/ann/.clawdbot.')
    expect(lines.at(-2)).toBe(
      '1 critical, 2 warnings, 1 note; 8 checks found nothing. 2 can be mended for you: add --fix.',
    )
    expect(lines.at(-1)).toBe('moltbot doctor: 182 ms')
    expect(reportLines(aReport('audit', wellOf(['bind'])), plain)).toContain(
      'All well: 1 check found nothing.',
    )
  })

  it.each([40, 80, 200])('fits %i columns', (width) => {
    const lines = reportLines(aReport('doctor', someFindings(Date.now())), { isColoured: false, width })
    // A path is not cut: it could not be copied.
    const tooLong = lines.filter((line) => line.length > width && !line.trim().includes('/home/'))
    expect(tooLong).toEqual([])
  })

  it('has colours only where they are shown, and lets nobody else bring some', () => {
    const hostile = aFinding('portTaken', {
      facts: { port: 1, pid: 2, program: `${controlStart}[31mno\nde\u202e`, user: 'ann', startedAt: 0 },
      evidence: [`${controlStart}]0;title\u0007`],
    })
    const bare = reportLines(aReport('doctor', [hostile]), plain).join('\n')
    expect(bare).not.toContain(controlStart)
    expect(bare).toContain('\\u001b[31mno\\u000ade\\u202e')
    const coloured = reportLines(aReport('doctor', [hostile]), { isColoured: true, width: 80 }).join('\n')
    expect(coloured.split(`${controlStart}[`)).toHaveLength(3)
  })

  it('says what was mended, and what was not', () => {
    const mended = [
      { code: 'stateFolderOpen', facts: { path: '/a', mode: '0755' }, problem: null },
      {
        code: 'configOpen',
        facts: { path: '/a/b', mode: '0644' },
        problem: { code: 'MEND_FAILED', params: { path: '/a/b', detail: 'EPERM' } } as const,
      },
    ]
    const lines = reportLines(aReport('doctor', [], { mended }), plain)
    expect(lines.slice(0, 3)).toEqual([
      'MENDED    Take the rights of others from /a',
      'NOT DONE  Take the rights of others from /a/b',
      expect.stringContaining('/a/b: EPERM'),
    ])
  })
})
