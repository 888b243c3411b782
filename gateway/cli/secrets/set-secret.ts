import { nameFlaw, tokenFlaw, valueFlaw } from '../../../host/secrets/secret-rules.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { secretMaxBytes } from '../../../shared/secrets.ts'
import type { JsonOption } from '../commands/secrets.ts'
import { failWith, sayJson, sayLine, tellProblem, tellUsage } from '../tell.ts'
import { readHidden } from './read-hidden.ts'
import { readPiped } from './read-piped.ts'
import { restartHint, whereKept } from './secret-words.ts'
import { withSecrets } from './with-secrets.ts'

/** Sets one secret from the terminal or standard input; resolves to the exit code. */
export async function setSecret(
  name: string,
  more: readonly string[],
  { json }: JsonOption,
): Promise<number> {
  const isJson = json === true
  if (more.length > 0) {
    tellUsage(
      'No value on the command line, please: every program of this machine could read it, and your shell keeps ' +
        'it. If it was a real one, replace it where it comes from. Type it when asked, or pipe it in',
    )
    return exitCode.wrongUsage
  }
  const wrongName = nameFlaw(name)
  if (wrongName) {
    if (isJson) failWith(wrongName, true)
    else tellProblem(wrongName)
    return exitCode.wrongUsage
  }
  const read = await readValue(name)
  if (read === null) {
    process.stderr.write('Nothing was changed.\n')
    return exitCode.failed
  }
  // Looked at here already: a text full of control characters would be too long for the way to the host.
  const text = typeof read === 'string' ? read.trim() : ''
  const flaw = typeof read === 'string' ? (valueFlaw(name, text) ?? tokenFlaw(name, text)) : read
  if (flaw) return failWith(flaw, isJson)
  return withSecrets('secrets.set', [{ name, value: text }], isJson, (view) => {
    if (isJson) sayJson({ ok: true, ...view })
    else {
      sayLine(`${name} is set. It is kept ${whereKept(view.store)}.`)
      if (view.secrets.some((secret) => secret.name === name && secret.source === 'environment')) {
        sayLine('The environment of the host gives another value, which counts before this one.')
      }
      if (view.restartNeeded) sayLine(restartHint)
    }
    return exitCode.done
  })
}

async function readValue(name: string): Promise<string | Problem | null> {
  if (process.stdin.isTTY) return readHidden(`Value of ${name} (not shown): `)
  const piped = await readPiped(secretMaxBytes + 2)
  if (piped.ok) return piped.text
  return problem('SECRET_TOO_LONG', { name, bytes: piped.bytes, limitBytes: secretMaxBytes })
}
