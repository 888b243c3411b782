import { writeKey } from '../../../host/config/edit/key-path.ts'
import { hints } from '../../../host/config/schema/hints.ts'
import { jsonSchemaOf } from '../../../host/config/schema/json-schema.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import type { JsonOption } from '../commands/config.ts'
import { outputLook, sayLines } from '../output-look.ts'
import { tableLines } from '../table.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { readKey } from './open-config.ts'
import { keysOf, partAt, type SchemaPart, typeOf } from './schema-part.ts'

/** Says what may stand at a key; resolves to the exit code. */
export async function showSchema(key: string | undefined, { json }: JsonOption): Promise<number> {
  const isJson = json === true
  const steps = key === undefined ? [] : readKey(key, isJson)
  if (typeof steps === 'number') return steps
  const path = steps.map((step) => (typeof step === 'symbol' ? 0 : step))
  const part = partAt(jsonSchemaOf(), path)
  const name = writeKey(steps)
  if (!part) {
    const { suggestKey } = await import('../../../host/config/schema/suggest-key.ts')
    const suggestion = suggestKey(name)
    failWith(
      suggestion === null || suggestion === name
        ? problem('CONFIG_KEY_NOT_SET', { key: name })
        : problem('CONFIG_KEY_MISSPELLED', { key: name, suggestion }),
      isJson,
    )
    return exitCode.failed
  }
  if (isJson) sayJson({ ...part, ...(hints[name] && { hint: hints[name] }) })
  else sayPart(name, part)
  return exitCode.done
}

function sayPart(name: string, part: SchemaPart): void {
  const hint = hints[name]
  if (name !== '') sayLine(`${name}: ${typeOf(part)}`)
  if (hint?.help) sayLine(hint.help)
  const keys = keysOf(part)
  if (keys.length === 0) return
  if (name !== '') sayLine('')
  const rows = keys.map(([child, inner]) => {
    const label = hints[name === '' ? child : `${name}.${child}`]?.help ?? ''
    return [child, typeOf(inner), label]
  })
  sayLines(tableLines(rows, outputLook()))
}
