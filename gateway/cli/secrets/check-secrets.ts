import { exitCode } from '../../../shared/exit-codes.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import type { JsonOption } from '../commands/secrets.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { tableLines } from '../table.ts'
import { sayJson, sayLine, tellProblem } from '../tell.ts'
import { sourceWord } from './secret-words.ts'
import { withSecrets } from './with-secrets.ts'

/** Reads every secret again; resolves to 0 where all are there. */
export function checkSecrets({ json }: JsonOption): Promise<number> {
  return withSecrets('secrets.check', [], json === true, ({ store, findings }) => {
    const isWell = findings.every(({ ok }) => ok)
    if (json) sayJson({ ok: isWell, store, findings })
    else {
      const rows = findings.map(({ name, ok, source }) => [ok ? 'ok' : 'PROBLEM', name, sourceWord(source)])
      sayLines(tableLines(rows, outputLook()))
      // The same for several where it is the store's.
      const found = new Map(
        findings.flatMap(({ problem }) => (problem ? [[problemText(problem), problem]] : [])),
      )
      for (const problem of found.values()) tellProblem(problem)
      if (isWell)
        sayLine(findings.length === 0 ? 'There are no secrets, and none is needed.' : 'All are there.')
    }
    return isWell ? exitCode.done : exitCode.failed
  })
}
