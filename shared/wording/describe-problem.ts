import type { Problem } from '../problem.ts'
import { formatBytes, formatClock } from './format.ts'
import { type Language, textsIn, wordingIn } from './texts.ts'

/** What happened, why, and what to do: whole sentences, code between backticks. */
export type DescribedProblem = { what: string; why: string; remedy: string }

/**
 * The one place where a problem gets its words, for every surface.
 * A code this version does not know is shown with its facts, never hidden.
 */
export function describeProblem(language: Language, problem: Problem): DescribedProblem {
  const wording = wordingIn(language)
  const facts = readableFacts(language, problem)
  const key = wording.exists(`problem.${problem.code}.what`)
    ? (`problem.${problem.code}` as const)
    : 'unknownProblem'
  return {
    what: wording.t(`${key}.what`, facts),
    why: wording.t(`${key}.why`, facts),
    remedy: wording.t(`${key}.remedy`, facts),
  }
}

/** How a process ended, in words: `exit code 1`, `signal SIGKILL`. Other text is left as it is. */
export function describeExit(language: Language, exit: string | number): string {
  const t = textsIn(language)
  const code = /^(?:(?:exit )?code )?(\d+)$/i.exec(String(exit))
  if (code) return t('exit.code', { value: code[1] })
  const signal = /^(?:signal )?(SIG[A-Z0-9]+)$/i.exec(String(exit))
  if (signal) return t('exit.signal', { value: signal[1] })
  return String(exit)
}

function readableFacts(language: Language, problem: Problem): Record<string, string | number> {
  const wording = wordingIn(language)
  const given: Record<string, string | number> = { ...problem.params }
  const facts: Record<string, string | number> = { ...given, code: problem.code, facts: listed(given) }
  if (typeof given.startedAt === 'number') facts.startedAt = formatClock(language, given.startedAt)
  if (typeof given.bytes === 'number') facts.bytes = formatBytes(given.bytes)
  if (typeof given.limitBytes === 'number') facts.limitBytes = formatBytes(given.limitBytes)
  if (typeof given.neededBytes === 'number') facts.neededBytes = formatBytes(given.neededBytes)
  if (given.exit !== undefined) facts.exit = describeExit(language, given.exit)
  if (problem.code === 'CONFIG_INVALID') {
    const { suggestion } = problem.params
    facts.meant = suggestion === undefined ? '' : wording.t('didYouMean', { suggestion })
  }
  if (given.user === '') facts.user = wording.t('unknownUser')
  // The texts set their own full stop.
  if (typeof given.detail === 'string') facts.detail = given.detail.trim().replace(/[.。]$/, '')
  if (problem.code === 'HOST_PORT_IN_USE' || problem.code === 'HOST_PORT_UNUSABLE')
    facts.otherPort = problem.params.port + 10
  if (wording.exists(`state.word.${given.state}`))
    facts.state = wording.t(`state.word.${given.state}` as never)
  return facts
}

function listed(facts: Record<string, string | number>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}
