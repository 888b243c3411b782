import { isDeepStrictEqual } from 'node:util'
import json5 from 'json5'
import { type Problem, problem } from '../../shared/problem.ts'
import { type ConfigMember, commentsIn, type MemberValue } from './edit-config.ts'
import type { ConfigOutcome, LoadedConfig } from './load-config.ts'

export type EditOutcome = { readonly ok: true } | ({ readonly ok: false } & Problem)

interface Edit {
  readonly path: string
  readonly text: string
  readonly edited: string
  readonly member: ConfigMember
  /** What it is to be afterwards. */
  readonly value: MemberValue
  /** What `text` loads as. */
  readonly before: LoadedConfig
}

/**
 * Judges an edit of one member by what the edited text loads as. Refuses it where anything but that would
 * differ: to a reader, in the file as written, or in its comments.
 */
export async function checkEdit(edit: Edit, after: ConfigOutcome): Promise<EditOutcome> {
  const { path, text, edited, member, value, before } = edit
  const { section, name } = member
  const rest = (config: unknown) => without(config, member)
  const refuse = (detail: string): EditOutcome => ({
    ok: false,
    ...problem('CONFIG_NOT_EDITABLE', { path, detail }),
  })
  if (!after.ok) return refuse(`the changed file would not be valid (${after.code})`)
  const isSame =
    isDeepStrictEqual(rest(before.config), rest(after.config)) &&
    // As written: no `${NAME}` and no include has become a value.
    isDeepStrictEqual(rest(written(text)), rest(written(edited))) &&
    isDeepStrictEqual(await commentsIn(text), await commentsIn(edited))
  if (!isSame) return refuse(`more than ${section}.${name} would have changed`)
  const there: Readonly<Record<string, unknown>> = after.config[section] ?? {}
  if ((there[name] ?? null) === value) return { ok: true }
  const place = await after.issueAt([section, name], '')
  return refuse(`${section}.${name} is set in ${place.path}, line ${place.line}; change it there`)
}

function written(text: string): unknown {
  return text.trim() === '' ? {} : json5.parse(text)
}

/** An empty section says the same as none. */
function without(config: unknown, member: ConfigMember): unknown {
  if (!isObject(config)) return config
  const { [member.section]: section, ...others } = config
  if (section === undefined) return others
  if (!isObject(section)) return config
  const { [member.name]: _value, ...rest } = section
  return Object.keys(rest).length === 0 ? others : { ...others, [member.section]: rest }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
