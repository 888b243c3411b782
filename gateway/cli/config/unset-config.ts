import { editConfig } from '../../../host/config/edit/edit-config.ts'
import { writeKey } from '../../../host/config/edit/key-path.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { JsonOption } from '../commands/config.ts'
import { failWith, sayJson } from '../tell.ts'
import { notSet } from './get-config.ts'
import { openConfig, readKey } from './open-config.ts'
import { effectOf, sayChange, tellBackup, tellRefused } from './say-change.ts'

/** Takes one key out; resolves to the exit code. */
export async function unsetConfig(key: string, { json }: JsonOption): Promise<number> {
  const isJson = json === true
  const steps = readKey(key, isJson)
  if (typeof steps === 'number') return steps
  const outcome = await editConfig(await openConfig(), [{ key: steps, value: undefined }])
  if (!outcome.ok && outcome.code === 'CONFIG_KEY_NOT_SET') {
    failWith(notSet(steps), isJson)
    return exitCode.failed
  }
  if (!outcome.ok) return tellRefused(outcome, isJson)
  const name = writeKey(steps)
  if (!isJson) return sayChange(outcome, `${name} is taken out of ${outcome.path}.`)
  sayJson({ ok: true, key: name, path: outcome.path, effect: effectOf(outcome) })
  tellBackup(outcome)
  return exitCode.done
}
