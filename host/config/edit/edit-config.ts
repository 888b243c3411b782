import { realpath } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { type Problem, problem } from '../../../shared/problem.ts'
import { type ConfigNode, type ConfigSource, type KeyPath, nearestNode } from '../config-tree.ts'
import { readConfigTree } from '../load-config.ts'
import { type ReadFile, readTextFile } from '../read-text-file.ts'
import {
  type ChangeOutcome,
  changeConfig,
  type JudgeValues,
  type MadeText,
  type WriteRequest,
} from './change-config.ts'
import { commentsIn } from './comments-in.ts'
import type { ConfigState } from './config-state.ts'
import { partsAt, removeFromJson5, setInJson5 } from './edit-json5.ts'
import { writeKey } from './key-path.ts'
import { plainValue } from './plain-value.ts'
import { type ConfigEdit, type PlannedEdit, placeOf, planEdit } from './plan-edit.ts'
import { guardSecrets } from './secret-guard.ts'
import { valueAt, withoutValue, withValue } from './value-at.ts'

export interface EditRules {
  /** A value may stand where a `${NAME}` stood, and a secret itself in the file. */
  readonly allowsLiterals?: boolean
  /** One judgement more, for who may not change everything. */
  readonly judge?: JudgeValues
}

/**
 * Sets and takes out keys, and changes nothing else: comments, order, quotes, references and includes stay, and
 * what an included file says is changed there. Taking out what is not there is a refusal for one edit alone,
 * and nothing to do among several. See {@link changeConfig} for what is written when.
 */
export function editConfig(
  request: WriteRequest,
  edits: readonly ConfigEdit[],
  { allowsLiterals = false, judge = () => null }: EditRules = {},
): Promise<ChangeOutcome> {
  const judgeValues: JudgeValues = (before, after) =>
    judge(before, after) ?? (allowsLiterals ? null : guardSecrets(before, after))
  return changeConfig(request, (state) => makeText(request.paths.configPath, state, edits), judgeValues)
}

async function makeText(path: string, state: ConfigState, edits: readonly ConfigEdit[]): Promise<MadeText> {
  if (!state.tree.ok) return state.tree
  const [first] = edits
  if (state.text === null) {
    return first && edits.every(({ value }) => value === undefined) ? notSet(first) : 'missing'
  }
  let root: ConfigNode = state.tree.root
  let original: ConfigSource | null = null
  let text = ''
  for (const edit of edits) {
    const planned = await planEdit(root, edit)
    if (!planned.ok && planned.isMissing) {
      if (edits.length > 1) continue
      return notSet(edit)
    }
    if (!planned.ok) return refuse(path, planned.detail)
    if (original && planned.source.path !== original.path) {
      const files = `${original.path} and in ${planned.source.path}`
      return refuse(path, `these keys are set in ${files}; change each alone`)
    }
    original ??= planned.source
    const edited = await applyOne(path, root, planned, edit.value)
    if (!edited.ok) return edited
    root = edited.root
    text = edited.text
  }
  return original ? { ok: true, source: original, text } : undefined
}

type Refused = { readonly ok: false } & Problem
type Applied = { readonly ok: true; readonly text: string; readonly root: ConfigNode } | Refused

/** The text with one edit; refused where the files would then say anything but what was asked. */
async function applyOne(
  path: string,
  root: ConfigNode,
  { source, at, key }: Extract<PlannedEdit, { ok: true }>,
  value: unknown,
): Promise<Applied> {
  const { text } = source
  const edited = value === undefined ? removeFromJson5(text, at) : setInJson5(text, at, value)
  const changed = source.path === path ? path : await realpath(source.path)
  const read: ReadFile = async (asked) =>
    asked === changed ? { ok: true, text: edited } : readTextFile(asked)
  const tree = await readConfigTree(path, read)
  if (!tree.ok) return tree
  const [before, after] = [plainValue(root), plainValue(tree.root)]
  const wanted = value === undefined ? withoutValue(before, key) : withValue(before, key, value)
  if (!isDeepStrictEqual(after, wanted)) {
    const still = nearestNode(tree.root, key)
    const isStillSet = value === undefined && valueAt(after, key) !== undefined
    if (isStillSet)
      return refuse(path, `${writeKey(key)} is also set in ${await placeOf(still)}; change it there`)
    return refuse(path, `more than ${writeKey(key)} would have changed`)
  }
  if (!keepsComments(text, edited, at)) return refuse(path, 'a comment would have been lost')
  return { ok: true, text: edited, root: tree.root }
}

/** Each comment outside what is replaced is still there, in its order. */
function keepsComments(text: string, edited: string, at: KeyPath): boolean {
  const now = commentsIn(edited)
  let next = 0
  for (const comment of commentsIn(text, partsAt(text, at))) {
    while (next < now.length && now[next] !== comment) next += 1
    if (next === now.length) return false
    next += 1
  }
  return true
}

function notSet({ key }: ConfigEdit): Refused {
  return { ok: false, ...problem('CONFIG_KEY_NOT_SET', { key: writeKey(key) }) }
}

function refuse(path: string, detail: string): Refused {
  return { ok: false, ...problem('CONFIG_NOT_EDITABLE', { path, detail }) }
}
