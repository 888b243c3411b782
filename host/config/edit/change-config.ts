import { readFile, realpath } from 'node:fs/promises'
import { type Problem, problem } from '../../../shared/problem.ts'
import { writeFileAtomically } from '../../files/atomic-write.ts'
import type { ConfigSource } from '../config-tree.ts'
import { type ConfigOutcome, type ConfigTree, loadConfig, readConfigTree } from '../load-config.ts'
import { type ReadFile, readTextFile } from '../read-text-file.ts'
import { type ConfigPlace, type ConfigState, lookAtConfig, textOf } from './config-state.ts'
import { underEditLock } from './edit-lock.ts'
import { makeFirstFile } from './first-file.ts'
import { judgeChange } from './judge-change.ts'
import { plainValue } from './plain-value.ts'
import { ChangedMeanwhile, replaceBytes } from './replace-bytes.ts'
import type { BackupOutcome } from './rotate-backups.ts'

export interface WriteRequest extends ConfigPlace {
  /** For tests of what happens between the look and the write. */
  readonly write?: typeof writeFileAtomically
  /** Refused unless the first file has this hash; see {@link ConfigState}. */
  readonly baseHash?: string
}

/** One file's text as it is to be. */
export interface NewText {
  readonly ok: true
  readonly source: ConfigSource
  readonly text: string
}

export type ChangeOutcome =
  | {
      readonly ok: true
      readonly isChanged: boolean
      /** The file that was to change; it may be an included one. */
      readonly path: string
      readonly backup: BackupOutcome | null
      readonly before: ConfigOutcome
      readonly after: ConfigOutcome
    }
  | ({ readonly ok: false; readonly others: readonly Problem[] } & Problem)

/**
 * What is to be written, made from the state it is found in; undefined where nothing is. `missing`: there is
 * no file yet, and one is needed.
 */
export type MakeText = (state: ConfigState) => Promise<MadeText>
export type MadeText = NewText | undefined | 'missing' | ({ readonly ok: false } & Problem)

/** Says whether the plain values may become these. */
export type JudgeValues = (before: unknown, after: unknown) => Problem | null

/** Whoever keeps writing at the same moment is an editor or a script; it is done after a try or two. */
const attempts = 3

/**
 * Changes one file of the configuration. The new text is first loaded beside the old one: where it would not
 * be valid, or `judge` refuses, nothing is written. A change that somebody else makes meanwhile is taken in,
 * not overwritten; a link stays a link; mode and owner stay; what was there is kept as a backup. A kill at any
 * moment leaves the old text or the new one.
 */
export async function changeConfig(
  request: WriteRequest,
  make: MakeText,
  judge: JudgeValues,
): Promise<ChangeOutcome> {
  const path = request.paths.configPath
  try {
    const isThere = await realpath(path).then(
      () => true,
      () => false,
    )
    if (isThere) return await changeLocked(request, make, judge)
    const first = await tryOnce(request, make, judge, null)
    if (first && first !== 'missing') return first
    const made = await makeFirstFile(request.paths)
    if (!made.ok) return { ...made, others: [] }
    let isDone = false
    try {
      const outcome = await changeLocked(request, make, judge)
      isDone = outcome.ok
      return outcome
    } finally {
      if (!isDone) await made.undo()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failed(problem('CONFIG_NOT_WRITTEN', { path, detail: code ?? message }))
  }
}

async function changeLocked(
  request: WriteRequest,
  make: MakeText,
  judge: JudgeValues,
): Promise<ChangeOutcome> {
  const path = request.paths.configPath
  const locked = await realpath(path)
  const outcome = await underEditLock(locked, async () => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const tried = await tryOnce(request, make, judge, locked)
      if (tried && tried !== 'missing') return tried
    }
    return null
  })
  return outcome ?? failed(problem('CONFIG_CHANGED_MEANWHILE', { path }))
}

/** Null where somebody else was quicker. `locked`: what this edit holds the lock of; nothing is written without. */
async function tryOnce(
  request: WriteRequest,
  make: MakeText,
  judge: JudgeValues,
  locked: string | null,
): Promise<ChangeOutcome | 'missing' | null> {
  const { paths, env, write = writeFileAtomically, baseHash } = request
  const state = await lookAtConfig(request)
  if (!state.ok) return state.code === 'CONFIG_CHANGED_MEANWHILE' ? null : { ...state, others: [] }
  if (baseHash !== undefined && state.text !== null && state.hash !== baseHash) {
    return failed(problem('CONFIG_CHANGED_MEANWHILE', { path: paths.configPath }))
  }
  const made = await make(state)
  const before = state.loaded
  if (!made) {
    return { ok: true, isChanged: false, path: paths.configPath, backup: null, before, after: before }
  }
  if (made !== 'missing' && !made.ok) return { ...made, others: [] }
  if (made === 'missing' || state.text === null) return 'missing'
  const isFirst = made.source.path === paths.configPath
  const target = await realpath(made.source.path)
  const bytes = await readFile(target)
  const old = isFirst ? state.text : made.source.text
  if (textOf(bytes) !== old) return null

  const changed: ReadFile = async (asked) =>
    asked === (isFirst ? paths.configPath : target) ? { ok: true, text: made.text } : readTextFile(asked)
  const after = await loadConfig(paths, env, changed)
  const path = made.source.path
  if (made.text === old) return { ok: true, isChanged: false, path, backup: null, before, after }
  const refusal = judgeTrees(state.tree, await readConfigTree(paths.configPath, changed), judge)
  if (refusal) return failed(refusal)
  const invalid = await judgeChange(before, after)
  if (invalid) return invalid

  if (locked === null) return 'missing'
  try {
    const backup = await replaceBytes({ named: path, target, locked, former: bytes, text: made.text, write })
    return { ok: true, isChanged: true, path, backup, before, after }
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return null
    throw error
  }
}

function judgeTrees(before: ConfigTree, after: ConfigTree, judge: JudgeValues): Problem | null {
  if (!after.ok) return after
  return judge(before.ok ? plainValue(before.root) : undefined, plainValue(after.root))
}

function failed(found: Problem): ChangeOutcome {
  return { ok: false, ...found, others: [] }
}
