import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { problemsOf } from '../../../host/config/edit/judge-change.ts'
import { issueFacts } from '../../../host/config/issue-facts.ts'
import { loadConfig } from '../../../host/config/load-config.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { escapeControls } from '../../../shared/wording/escape-controls.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import type { JsonOption } from '../commands/config.ts'
import { sayJson, sayLine } from '../tell.ts'
import { openConfig } from './open-config.ts'

/** Names everything that is wrong with the live configuration, or with `file`; resolves to the exit code. */
export async function validateConfig(file: string | undefined, { json }: JsonOption): Promise<number> {
  const { paths, env } = await openConfig()
  const path = file === undefined ? paths.configPath : resolve(file)
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  )
  const loaded = await loadConfig({ ...paths, configPath: path }, env)
  const absent = problem('CONFIG_UNREADABLE', { path, detail: 'there is no such file' })
  const problems = file !== undefined && !isThere ? [absent] : await problemsOf(loaded)
  const issues = problems.map(issueOf)
  const warnings = loaded.ok
    ? loaded.warnings.map((params) => issueOf(problem('CONFIG_INVALID', params)))
    : []
  const isValid = issues.length === 0
  if (json) sayJson({ ok: isValid, path, exists: isThere, issues, warnings })
  else {
    for (const issue of issues) process.stderr.write(`${lineOf(issue)}\n`)
    for (const warning of warnings) process.stderr.write(`warning: ${lineOf(warning)}\n`)
    if (isValid && isThere) sayLine(`${path} is valid.`)
    else if (isValid) sayLine(`There is no ${path}; the defaults count.`)
    else process.stderr.write(`${count(issues.length)} in ${escapeControls(path)}.\n`)
  }
  return isValid ? exitCode.done : exitCode.badConfig
}

interface Issue {
  readonly path: string
  readonly line: number | null
  readonly column: number | null
  readonly key: string
  readonly message: string
  readonly suggestion: string | null
}

export function issueOf(found: Problem): Issue {
  const { file, line, column, key, detail, suggestion } = issueFacts(found)
  return { path: file, line, column, key, message: detail || problemText(found), suggestion }
}

/** `moltbot.json:3:5: gateway.port must be …`, as editors and compilers say it. */
function lineOf({ path, line, column, key, message, suggestion }: Issue): string {
  const place = [path, line, column].filter((part) => part !== null && part !== '').join(':')
  const hint = suggestion ? ` (${suggestion}?)` : ''
  return escapeControls(`${place}: ${[key, message].filter(Boolean).join(' ')}${hint}`)
}

function count(problems: number): string {
  return problems === 1 ? 'One problem' : `${problems} problems`
}
