import type { ChecksReport, Finding, FindingLevel, Mended } from '../../../shared/checks.ts'
import { describeFinding, describeMended } from '../../../shared/wording/describe-finding.ts'
import { escapeControls } from '../../../shared/wording/escape-controls.ts'
import { formatTook } from '../../../shared/wording/format.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { summaryOf } from './report-json.ts'

export interface OutputLook {
  readonly isColoured: boolean
  /** Columns of the terminal; null where nothing is wrapped. */
  readonly width: number | null
}

const worstFirst: readonly FindingLevel[] = ['critical', 'warn', 'info']
const words: Readonly<Record<FindingLevel, string>> = {
  critical: 'CRITICAL',
  warn: 'WARNING',
  info: 'NOTE',
  ok: 'OK',
}
const colours: Readonly<Record<FindingLevel, number>> = { critical: 31, warn: 33, info: 36, ok: 32 }
const margin = 10

/** Worst first: what it is, what shows it, what to do; then what is well, and the sum in one line. */
export function reportLines(report: ChecksReport, look: OutputLook): string[] {
  const { findings, mended, kind, durationMs } = report
  const lines: string[] = []
  for (const one of mended) lines.push(...mendedLines(one, look))
  if (mended.length > 0) lines.push('')
  for (const level of worstFirst) {
    for (const finding of findings) if (finding.level === level) lines.push(...findingLines(finding, look))
  }
  const well = findings.filter(({ level }) => level === 'ok')
  if (well.length > 0) {
    const names = well.map((finding) => describeFinding('en', finding).title.replaceAll('`', ''))
    lines.push(...block(label('ok', look), names.join(', '), look))
  }
  const name = kind === 'doctor' ? 'doctor' : 'security audit'
  return [
    ...lines,
    '',
    ...wrap(sumLine(report), look.width),
    `moltbot ${name}: ${formatTook('en', durationMs)}`,
  ]
}

function findingLines(finding: Finding, look: OutputLook): string[] {
  const { title, detail, remedy } = describeFinding('en', finding)
  const indent = ' '.repeat(margin)
  return [
    ...block(label(finding.level, look), safe(title), look),
    ...wrapped(safe(detail), indent, look),
    ...finding.evidence.flatMap((line) => wrapped(`· ${escapeControls(line)}`, indent, look)),
    ...wrapped(`→ ${safe(remedy)}`, indent, look),
  ]
}

function mendedLines(mended: Mended, look: OutputLook): string[] {
  const what = safe(describeMended('en', mended))
  if (mended.problem === null) return block(paint('MENDED', 32, look), what, look)
  const why = problemText(mended.problem)
  return [...block(paint('NOT DONE', 31, look), what, look), ...wrapped(why, ' '.repeat(margin), look)]
}

function sumLine({ findings }: ChecksReport): string {
  const { critical, warn, info, ok } = summaryOf(findings)
  const well = `${ok} ${ok === 1 ? 'check' : 'checks'} found nothing.`
  if (critical + warn + info === 0) return `All well: ${well}`
  const parts = [
    ...(critical > 0 ? [`${critical} critical`] : []),
    ...(warn > 0 ? [`${warn} ${warn === 1 ? 'warning' : 'warnings'}`] : []),
    ...(info > 0 ? [`${info} ${info === 1 ? 'note' : 'notes'}`] : []),
  ]
  const mendable = findings.filter(({ fix }) => fix === 'automatic').length
  const hint = mendable === 0 ? '' : ` ${mendable} can be mended for you: add --fix.`
  return `${parts.join(', ')}; ${well}${hint}`
}

function label(level: FindingLevel, look: OutputLook): string {
  return paint(words[level], colours[level], look)
}

/** Padded to the margin first: colours take no room. */
function paint(word: string, colour: number, { isColoured }: OutputLook): string {
  const padded = word.padEnd(margin)
  return isColoured ? `\u001b[${colour}m${padded}\u001b[0m` : padded
}

function block(head: string, text: string, look: OutputLook): string[] {
  const [first = '', ...rest] = wrap(text, look.width === null ? null : look.width - margin)
  return [head + first, ...rest.map((line) => ' '.repeat(margin) + line)]
}

function wrapped(text: string, indent: string, { width }: OutputLook): string[] {
  return wrap(text, width === null ? null : width - indent.length).map((line) => indent + line)
}

/** By words; one that is longer than a line stands alone on its own. */
function wrap(text: string, width: number | null): string[] {
  if (width === null) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > Math.max(20, width)) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Code without its marks, and whatever a file or a program put into it made harmless. */
function safe(text: string): string {
  return escapeControls(text.replaceAll('`', ''))
}
