import { isDeepStrictEqual } from 'node:util'
import json5 from 'json5'
import { type Problem, problem } from '../../shared/problem.ts'
import { commentsIn } from './edit-config.ts'
import type { ConfigOutcome, LoadedConfig } from './load-config.ts'

export type EditOutcome = { readonly ok: true } | ({ readonly ok: false } & Problem)

interface Edit {
  readonly path: string
  readonly text: string
  readonly edited: string
  /** What `gateway.port` is to be afterwards. */
  readonly port: number | null
  /** What `text` loads as. */
  readonly before: LoadedConfig
}

/**
 * Judges an edit of `gateway.port` by what the edited text loads as. Refuses it where anything but the
 * port would differ: to a reader, in the file as written, or in its comments.
 */
export async function checkEdit(edit: Edit, after: ConfigOutcome): Promise<EditOutcome> {
  const { path, text, edited, port, before } = edit
  const refuse = (detail: string): EditOutcome => ({
    ok: false,
    ...problem('CONFIG_NOT_EDITABLE', { path, detail }),
  })
  if (!after.ok) return refuse(`the changed file would not be valid (${after.code})`)
  const isSame =
    isDeepStrictEqual(withoutPort(before.config), withoutPort(after.config)) &&
    // As written: no `${NAME}` and no include has become a value.
    isDeepStrictEqual(withoutPort(written(text)), withoutPort(written(edited))) &&
    isDeepStrictEqual(await commentsIn(text), await commentsIn(edited))
  if (!isSame) return refuse('more than the port would have changed')
  if ((after.config.gateway?.port ?? null) === port) return { ok: true }
  const place = await after.issueAt(['gateway', 'port'], '')
  return refuse(`gateway.port is set in ${place.path}, line ${place.line}; change it there`)
}

function written(text: string): unknown {
  return text.trim() === '' ? {} : json5.parse(text)
}

/** An empty section says the same as none. */
function withoutPort(config: unknown): unknown {
  if (!isObject(config)) return config
  const { gateway, ...others } = config
  if (gateway === undefined) return others
  if (!isObject(gateway)) return config
  const { port: _port, ...rest } = gateway
  return Object.keys(rest).length === 0 ? others : { ...others, gateway: rest }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
