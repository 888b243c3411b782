import { type Check, type Found, found } from '../finding.ts'

type Section = Readonly<Record<string, unknown>>

/** Who may talk to the assistant, and through it to this machine. */
export const channelsCheck: Check = {
  name: 'channels',
  async look(ground) {
    const loaded = await ground.config()
    if (!loaded.ok) return []
    const config = loaded.config as Section
    const elevated = section(section(config.tools).elevated)
    const isElevated = elevated.enabled === true || hasKeys(elevated.allowFrom)
    const findings: Found[] = []
    for (const [channel, value] of Object.entries(section(config.channels))) {
      const at = `channels.${channel}`
      findings.push(...openIn(channel, at, section(value), isElevated))
      for (const [account, part] of Object.entries(section(section(value).accounts))) {
        findings.push(...openIn(channel, `${at}.accounts.${account}`, section(part), isElevated))
      }
    }
    for (const [provider, who] of Object.entries(section(elevated.allowFrom))) {
      const key = `tools.elevated.allowFrom.${provider}`
      if (isAnybody(who)) findings.push(found('elevatedWildcard', 'critical', { key }))
    }
    return findings
  },
}

function openIn(channel: string, at: string, value: Section, isElevated: boolean): Found[] {
  if (value.enabled === false) return []
  const findings: Found[] = []
  const dm = section(value.dm)
  const areDmsOff = (value.dmPolicy ?? dm.policy) === 'disabled' || dm.enabled === false
  const dmKey = areDmsOff
    ? null
    : value.dmPolicy === 'open'
      ? `${at}.dmPolicy`
      : dm.policy === 'open'
        ? `${at}.dm.policy`
        : isAnybody(value.allowFrom)
          ? `${at}.allowFrom`
          : isAnybody(dm.allowFrom)
            ? `${at}.dm.allowFrom`
            : null
  if (dmKey) findings.push(found('dmOpen', 'critical', { channel, key: dmKey }))
  const groupKey =
    value.groupPolicy === 'open'
      ? `${at}.groupPolicy`
      : value.groupPolicy !== 'disabled' && isAnybody(value.groupAllowFrom)
        ? `${at}.groupAllowFrom`
        : null
  if (groupKey) {
    const facts = { channel, key: groupKey }
    findings.push(
      isElevated ? found('groupOpenElevated', 'critical', facts) : found('groupOpen', 'warn', facts),
    )
  }
  return findings
}

function isAnybody(who: unknown): boolean {
  return Array.isArray(who) && who.some((one) => typeof one === 'string' && one.trim() === '*')
}

function section(value: unknown): Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Section) : {}
}

function hasKeys(value: unknown): boolean {
  return Object.keys(section(value)).length > 0
}
