import type { ConfigState } from '../../../host/config/edit/config-state.ts'
import { problemsOf } from '../../../host/config/edit/judge-change.ts'
import { maskInForce } from '../../../host/config/edit/mask-values.ts'
import { plainValue } from '../../../host/config/edit/plain-value.ts'
import { issueFacts } from '../../../host/config/issue-facts.ts'
import { parseSource } from '../../../host/config/parse-source.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { hiddenSign, redactText, redactValue, secretsOf } from './config-redact.ts'

export interface ConfigIssueView {
  /** The key, dotted; empty where the whole file is meant. */
  readonly path: string
  readonly message: string
  readonly file: string
  readonly line: number | null
  readonly column: number | null
  readonly suggestion: string | null
}

/** The configuration as Moltbot's clients know it. No secret is in it, nor what a `${NAME}` stands for. */
export async function snapshotOf(path: string, state: ConfigState): Promise<Record<string, unknown>> {
  const { text, hash, tree, loaded } = state
  const issues = (await problemsOf(loaded)).map(issueOf)
  const warnings = loaded.ok
    ? loaded.warnings.map((params) => issueOf(problem('CONFIG_INVALID', params)))
    : []
  const written = tree.ok ? plainValue(tree.root) : {}
  const secrets = secretsOf(state)
  const own = text === null ? null : parseSource({ path, text })
  return {
    path,
    exists: text !== null,
    // What nobody can parse, nobody can say to be free of secrets.
    raw: text === null || !own?.ok ? null : redactText(text, secrets),
    parsed: own?.ok ? redactValue(plainValue(own.root), secrets) : {},
    valid: loaded.ok && issues.length === 0,
    config: loaded.ok
      ? redactValue(
          maskInForce(loaded.config, written, () => true, hiddenSign),
          secrets,
        )
      : {},
    hash,
    issues,
    warnings,
    legacyIssues: [],
  }
}

export function issueOf(found: Problem): ConfigIssueView {
  const { file, line, column, key, detail, suggestion } = issueFacts(found)
  const message = detail || describeProblem('en', found).why.replaceAll('`', '')
  return { path: key, message, file, line, column, suggestion }
}
