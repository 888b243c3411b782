import { arch, platform, release } from 'node:os'
import { fieldsOf, numberOf } from '../../../../shared/loose-value.ts'
import { version } from '../../../../shared/version.ts'
import { escapeControls } from '../../../../shared/wording/escape-controls.ts'
import { formatMoment } from '../../../../shared/wording/format.ts'
import { channelsInStatus } from '../../channels/channel-facts.ts'
import { labelledLines } from '../labelled-lines.ts'
import type { StatusFacts } from '../status-facts.ts'
import { statusParts } from '../status-parts.ts'
import { diagnosisLines } from './diagnosis-lines.ts'
import { createShareable } from './shareable.ts'
import { whoWeAre } from './who-we-are.ts'

/** Not wrapped and not coloured: it is to be pasted. */
const look = { isColoured: false, width: null }
const longestLine = 500
/** Accounts, agents and sessions may be called as people are: they are counted here. The others come further below. */
const leftOut = new Set(['Channels', 'Agents', 'Security', 'Doctor', 'Log', 'Config'])

/** `--all`: what whoever helps wants to know, without anything that is nobody's business. */
export async function reportLines(facts: StatusFacts): Promise<string[]> {
  const share = createShareable(await whoWeAre())
  const parts = statusParts(facts, { isVerbose: false, isUsage: false })
  const overview = [
    { label: 'Moltbot', said: [`Desktop ${version}, Node ${process.versions.node}`] },
    { label: 'System', said: [`${platform()} ${release()} (${arch()})`] },
    ...parts.filter(({ label }) => !leftOut.has(label)),
    { label: 'Agents', said: [String(facts.agents.ids.length)] },
    { label: 'Sessions', said: [sessionsText(facts)] },
  ]
  const channels = channelsInStatus(facts.channels).map(
    ({ label, word, accounts }) =>
      `${label}: ${word}${accounts.length > 1 ? `, ${accounts.length} accounts` : ''}`,
  )
  const { path, tail } = facts.log
  const log = tail.map(({ time, level, subsystem, text }) =>
    [time === null ? '' : new Date(time).toISOString(), level ?? '', subsystem ?? '', text]
      .filter(Boolean)
      .join(' '),
  )
  const lines = [
    `Moltbot status, ${formatMoment('en', facts.at)}. Secrets, names, telephone numbers and public addresses were taken out;`,
    'read it before you paste it: messages may stand in the log.',
    '',
    ...labelledLines(overview, look),
    '',
    'Channels',
    ...indented(channels.length > 0 ? channels : ['none is set up']),
    '',
    'Diagnosis',
    ...indented(diagnosisLines(facts)),
    '',
    `Log (the last ${log.length} lines of ${path})`,
    ...indented(log),
  ]
  // Cut last: half a secret would not be known for one.
  return lines.map((line) => cut(escapeControls(share(line))))
}

function sessionsText({ sessions }: StatusFacts): string {
  const count = numberOf(sessions.count) ?? 0
  const { model } = fieldsOf(sessions.defaults)
  return `${count}${typeof model === 'string' ? `, by default with ${model}` : ''}`
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}

function cut(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text
}
