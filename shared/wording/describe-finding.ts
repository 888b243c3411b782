import type { Finding, Mended } from '../checks.ts'
import { enFindings } from './en-findings.ts'
import { formatBytes, formatClock, formatMoment } from './format.ts'
import { type Language, textsIn, wordingIn } from './texts.ts'
import { zhCnFindings } from './zh-cn-findings.ts'

/** Sentences with code between backticks; the title is without a full stop. */
export type DescribedFinding = {
  title: string
  detail: string
  remedy: string
  /** What would be done about it by this program; null where it does nothing. */
  mend: string | null
}

/** With the texts of the findings: nearly as many as all others, and only this module needs them. */
function wordingOfFindings(language: Language) {
  const wording = wordingIn(language)
  if (!wording.exists('checks.finding.configMissing.title')) {
    const finding = language === 'en' ? enFindings : zhCnFindings
    wording.addResourceBundle(language, 'translation', { checks: { finding } }, true)
  }
  return wording
}

/** The words of a finding, for every surface. One that this version does not know is shown with its facts. */
export function describeFinding(
  language: Language,
  { code, level, facts, fix }: Pick<Finding, 'code' | 'level' | 'facts' | 'fix'>,
): DescribedFinding {
  const wording = wordingOfFindings(language)
  if (level === 'ok') {
    const title = wording.exists(`checks.check.${code}`) ? wording.t(`checks.check.${code}` as never) : code
    return { title, detail: '', remedy: '', mend: null }
  }
  const isKnown = wording.exists(`checks.finding.${code}.title`)
  const key = isKnown ? `checks.finding.${code}` : 'checks.unknown'
  const readable = readableFacts(language, code, facts)
  const text = (part: string, values = readable) => wording.t(`${key}.${part}` as never, values) as string
  // A remedy names the path in a command, to be copied.
  const inCommand = { ...readable, ...(facts.path !== undefined && { path: shellWord(String(facts.path)) }) }
  return {
    title: text('title'),
    detail: text('detail'),
    remedy: text('remedy', inCommand),
    mend: isKnown && fix === 'automatic' ? text('mend') : null,
  }
}

/** What was done, or was to be done, about a finding. */
export function describeMended(language: Language, { code, facts }: Pick<Mended, 'code' | 'facts'>): string {
  const { mend, title } = describeFinding(language, { code, facts, level: 'warn', fix: 'automatic' })
  return mend ?? title
}

/** As a shell takes it for one word, whatever is in it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

type Facts = Finding['facts']

/** Facts that name something with words of its own. */
const wordsOf: Readonly<Record<string, string>> = {
  check: 'checks.check',
  source: 'checks.source',
  inForce: 'checks.source',
  other: 'checks.source',
  state: 'checks.storeState',
}

function readableFacts(language: Language, code: string, facts: Facts): Facts {
  const wording = wordingIn(language)
  const readable: Facts = { code, facts: listed(facts), ...facts }
  for (const [name, value] of Object.entries(facts)) {
    const words = wordsOf[name]
    if (words && wording.exists(`${words}.${value}`)) readable[name] = wording.t(`${words}.${value}` as never)
    if (name === 'bytes' && typeof value === 'number') readable[name] = formatBytes(value)
    if (name === 'startedAt' && typeof value === 'number') readable[name] = formatClock(language, value)
    if ((name === 'at' || name === 'now') && typeof value === 'number') {
      readable[name] = formatMoment(language, value)
    }
    if (name === 'user' && value === '') readable[name] = textsIn(language)('unknownUser')
    // The texts set their own full stop.
    if (name === 'detail')
      readable[name] = String(value)
        .trim()
        .replace(/[.。]$/, '')
    if (name === 'reason') readable[name] = reasonText(language, String(value))
  }
  return readable
}

/** A problem by its code: what happened, without its facts. */
function reasonText(language: Language, code: string): string {
  const wording = wordingIn(language)
  const key = `problem.${code}.what`
  return wording.exists(key) ? String(wording.t(key as never)).replace(/[.。]$/, '') : `\`${code}\``
}

function listed(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}
