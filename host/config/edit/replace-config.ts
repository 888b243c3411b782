import { parseSource } from '../parse-source.ts'
import {
  type ChangeOutcome,
  changeConfig,
  type JudgeValues,
  type MadeText,
  type WriteRequest,
} from './change-config.ts'
import type { ConfigState } from './config-state.ts'
import { guardSecrets } from './secret-guard.ts'
import { guardShrinking } from './shrink-guard.ts'

export interface ReplaceRules {
  /** More than half of the keys may go. */
  readonly isForced?: boolean
  readonly judge?: JudgeValues
  /** The text that is written, made for what is there. */
  readonly textFor: (present: ConfigState) => MadeRaw
}

export type MadeRaw = { readonly ok: true; readonly text: string } | Extract<MadeText, { ok: false }>

/**
 * Writes a whole text in the place of the first file, as it is given: its comments and references are the new
 * ones. See {@link changeConfig} for what is written when.
 */
export async function replaceConfig(
  request: WriteRequest,
  { isForced = false, judge = () => null, textFor }: ReplaceRules,
): Promise<ChangeOutcome> {
  const path = request.paths.configPath
  let isNew = false
  const judgeValues: JudgeValues = (before, after) =>
    judge(before, after) ??
    guardSecrets(before, after) ??
    (isForced || isNew || before === undefined ? null : guardShrinking(path, before, after))
  return changeConfig(
    request,
    async (state) => {
      const { text, tree } = state
      const made = textFor(state)
      if (!made.ok) return made
      const parsed = parseSource({ path, text: made.text })
      if (!parsed.ok) return parsed
      if (text === null) {
        isNew = true
        return 'missing'
      }
      const source = tree.ok && tree.root.source.path === path ? tree.root.source : { path, text }
      return { ok: true, source, text: made.text }
    },
    judgeValues,
  )
}
