import type { KnownCommand } from './command-table.ts'
import { shellQuoted } from './shell-quoting.ts'
import type { ValueKind } from './value-kinds.ts'

export interface ScriptParts {
  /** The first line, by which the file is known again as ours. */
  readonly mark: string
  readonly table: readonly KnownCommand[]
  /** Of the configuration. */
  readonly keys: readonly string[]
}

/** Options of which the next word is the value, as `logs --level`; those of `moltbot` itself with a blank in front. */
export function takenValues(table: readonly KnownCommand[]): string[] {
  return table.flatMap(({ path, options }) =>
    options.filter(({ takesValue }) => takesValue).map(({ name }) => `${path} ${name}`),
  )
}

/** Functions that bash and zsh read alike: whether words name a command, and whether an option takes the next word. */
export function wordTests(table: readonly KnownCommand[]): string {
  const paths = table.map(({ path }) => path).filter((path) => path !== '')
  return `${wordTest('_moltbot_is_command', paths)}\n\n${wordTest('_moltbot_takes_value', takenValues(table))}`
}

function wordTest(name: string, words: readonly string[]): string {
  return `${name}() {
  case $1 in
    ${words.map(shellQuoted).join('|')}) return 0 ;;
    *) return 1 ;;
  esac
}`
}

/** What may stand where: places as `logs --level` or `secrets set 1`. */
export function valuesByPlace(
  table: readonly KnownCommand[],
): { readonly places: readonly string[]; readonly value: ValueKind }[] {
  const found = new Map<string, { places: string[]; value: ValueKind }>()
  const add = (place: string, value: ValueKind | null) => {
    if (!value) return
    const key = JSON.stringify(value)
    const known = found.get(key) ?? { places: [], value }
    known.places.push(place)
    found.set(key, known)
  }
  for (const { path, options, places } of table) {
    for (const { name, value } of options) add(`${path} ${name}`, value)
    for (const [index, value] of places.entries()) add(`${path} ${index + 1}`, value)
  }
  return [...found.values()]
}
