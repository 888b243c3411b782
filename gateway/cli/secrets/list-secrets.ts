import { exitCode } from '../../../shared/exit-codes.ts'
import type { SecretsView, SecretView } from '../../../shared/secrets.ts'
import { formatAgo } from '../../../shared/wording/format.ts'
import type { JsonOption } from '../commands/secrets.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { tableLines } from '../table.ts'
import { sayJson, sayLine, tellProblem } from '../tell.ts'
import { restartHint, sourceWord, whereKept } from './secret-words.ts'
import { withSecrets } from './with-secrets.ts'

/** Shows which secrets there are; resolves to the exit code. */
export function listSecrets({ json }: JsonOption): Promise<number> {
  return withSecrets('secrets.look', [], json === true, (view) => {
    if (json) sayJson({ ok: true, ...view })
    else sayView(view, Date.now())
    return exitCode.done
  })
}

function sayView({ store, secrets, restartNeeded }: SecretsView, now: number): void {
  const rows = secrets.map((secret) => [secret.name, placeOf(secret), changeOf(secret, now), usersOf(secret)])
  if (rows.length === 0) sayLine('There are no secrets yet. Set one: moltbot secrets set ANTHROPIC_API_KEY')
  else {
    const head = ['NAME', 'FROM', 'CHANGED', 'USED BY']
    sayLines(tableLines(rows, outputLook(), { head }))
  }
  sayLine(`New ones are kept ${whereKept(store)}.`)
  if (store.problem) tellProblem(store.problem)
  if (store.kind !== 'envFile' && secrets.some(({ inEnvFile }) => inEnvFile)) {
    sayLine(
      'Those in .env can be read by whoever reads your files. Take one out: moltbot secrets move <NAME>',
    )
  }
  if (restartNeeded) sayLine(restartHint)
}

function placeOf({ source, inEnvFile }: SecretView): string {
  return inEnvFile && source !== 'envFile' ? `${sourceWord(source)}, .env` : sourceWord(source)
}

function changeOf({ changedAt }: SecretView, now: number): string {
  return changedAt === null ? '-' : formatAgo('en', changedAt, now)
}

function usersOf({ usedBy }: SecretView): string {
  return usedBy.length === 0 ? '-' : usedBy.join(', ')
}
