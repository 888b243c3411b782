import { exitCode } from '../../../shared/exit-codes.ts'
import type { SecretsView } from '../../../shared/secrets.ts'
import type { JsonOption } from '../commands/secrets.ts'
import { sayJson, sayLine } from '../tell.ts'
import { restartHint, whereKept } from './secret-words.ts'
import { withSecrets } from './with-secrets.ts'

/** Resolves to the exit code, like the others here. */
export function deleteSecret(name: string, { json }: JsonOption): Promise<number> {
  return withSecrets('secrets.delete', [{ name }], json === true, (view) =>
    sayChange(
      view,
      json,
      `${name} is deleted. Where it comes from it may still be valid: withdraw it there.`,
    ),
  )
}

export function moveSecret(name: string, { json }: JsonOption): Promise<number> {
  return withSecrets('secrets.move', [{ name }], json === true, (view) =>
    sayChange(view, json, `${name} is out of .env. It is kept ${whereKept(view.store)}.`),
  )
}

export function rotateToken({ json }: JsonOption): Promise<number> {
  return withSecrets('secrets.rotateToken', [], json === true, (view) =>
    // Who looks after a running gateway starts it again by itself.
    sayChange(
      { ...view, restartNeeded: false },
      json,
      `The gateway has a fresh token. It is kept ${whereKept(view.store)}.`,
    ),
  )
}

function sayChange(view: SecretsView, json: true | undefined, sentence: string): number {
  if (json) sayJson({ ok: true, ...view })
  else {
    sayLine(sentence)
    if (view.restartNeeded) sayLine(restartHint)
  }
  return exitCode.done
}
