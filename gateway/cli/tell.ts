import { exitCode } from '../../shared/exit-codes.ts'
import type { Problem } from '../../shared/problem.ts'
import { escapeControls } from '../../shared/wording/escape-controls.ts'
import { problemText } from '../../shared/wording/terminal-text.ts'

export function tellProblem(found: Problem): void {
  process.stderr.write(`${problemText(found)}\n`)
}

export function tellUsage(detail: string): void {
  process.stderr.write(`${escapeControls(detail)}. See: moltbot --help\n`)
}

export function sayLine(line: string): void {
  process.stdout.write(`${escapeControls(line)}\n`)
}

export function sayJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Says the problem where the caller asked to hear it and returns the exit code that belongs to it. */
export function failWith(found: Problem, isJson: boolean): number {
  if (isJson) sayJson({ ok: false, code: found.code, params: found.params, message: problemText(found) })
  else tellProblem(found)
  return exitCodeOf(found)
}

function exitCodeOf(found: Problem): number {
  switch (found.code) {
    case 'HOST_NOT_RUNNING':
    case 'HOST_UNRESPONSIVE':
    case 'CONNECTION_LOST':
    case 'GATEWAY_NOT_RUNNING':
    case 'GATEWAY_UNREACHABLE':
    case 'GATEWAY_NOT_OURS':
    case 'PORT_IN_USE_UNKNOWN':
      return exitCode.unreachable
    case 'CONFIG_SYNTAX':
    case 'CONFIG_INVALID':
    case 'CONFIG_UNREADABLE':
    case 'CONFIG_NOT_A_FILE':
    case 'CONFIG_TOO_LARGE':
    case 'CONFIG_REFUSED':
    case 'STATE_DIR_NOT_A_FOLDER':
    case 'STATE_DIR_NOT_WRITABLE':
    case 'TOKEN_MISSING':
      return exitCode.badConfig
    default:
      return exitCode.failed
  }
}
