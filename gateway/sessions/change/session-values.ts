/** What a client may say for a setting of a session, and what is then written; null takes it out. */
type Values = ReadonlyMap<string, string | null>

function values(written: Readonly<Record<string, readonly string[]>>, offIsWritten = true): Values {
  const map = new Map<string, string | null>()
  for (const [value, words] of Object.entries(written)) {
    for (const word of [value, ...words]) map.set(word, value === 'off' && !offIsWritten ? null : value)
  }
  return map
}

const no = ['false', 'no', '0']
const yes = ['true', 'yes', '1']

/** The words are those that Moltbot takes. */
export const sessionValues = {
  thinkingLevel: values(
    {
      off: [],
      minimal: ['min', 'think'],
      low: ['on', 'enable', 'enabled', 'thinkhard', 'think-hard', 'think_hard'],
      medium: ['mid', 'med', 'thinkharder', 'think-harder', 'harder'],
      high: ['ultra', 'ultrathink', 'thinkhardest', 'highest', 'max'],
      xhigh: ['x-high', 'x_high'],
    },
    false,
  ),
  verboseLevel: values({ off: no, on: ['minimal', ...yes], full: ['all', 'everything'] }),
  reasoningLevel: values(
    {
      off: [...no, 'hide', 'hidden', 'disable', 'disabled'],
      on: [...yes, 'show', 'visible', 'enable', 'enabled'],
      stream: ['streaming', 'draft', 'live'],
    },
    false,
  ),
  responseUsage: values(
    { off: [...no, 'disable', 'disabled'], tokens: ['on', ...yes, 'enable', 'enabled'], full: [] },
    false,
  ),
  elevatedLevel: values({ off: no, on: yes, ask: ['prompt', 'approval', 'approve'], full: ['auto'] }),
  execHost: values({ sandbox: [], gateway: [], node: [] }),
  execSecurity: values({ deny: [], allowlist: [], full: [] }),
  execAsk: values({ off: [], 'on-miss': [], always: [] }),
  sendPolicy: values({ allow: [], deny: [] }),
  groupActivation: values({ mention: [], always: [] }),
} as const satisfies Record<string, Values>

export type SessionSetting = keyof typeof sessionValues

/** What is written for `given`; undefined where the setting has no such value. */
export function settingValue(field: SessionSetting, given: string): string | null | undefined {
  return sessionValues[field].get(given.trim().toLowerCase())
}

/** For a message: the values themselves, without the other words for them. */
export function allowedValues(field: SessionSetting): string {
  const written = [...sessionValues[field]].map(([word, value]) => value ?? (word === 'off' ? word : null))
  return [...new Set(written)].filter((value) => value !== null).join(', ')
}
