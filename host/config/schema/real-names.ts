import type { KeyPath } from '../config-tree.ts'
import type { SchemaIssue } from './explain-issues.ts'

/** Names of the operations manual for keys of Moltbot, in `sandbox.docker` of agents. */
const aliases = [
  {
    alias: 'cpuLimit',
    real: 'cpus',
    read: readCpus,
    detail: 'must be a number of processors such as 2 or "0.5"',
  },
  { alias: 'memoryLimit', real: 'memory', read: readMemory, detail: 'must be a size such as "2g"' },
] as const

export interface WithRealNames {
  readonly value: unknown
  readonly issues: readonly SchemaIssue[]
}

/** The configuration with Moltbot's own names only. Both names with different values are an issue. */
export function withRealNames(value: unknown): WithRealNames {
  const issues: SchemaIssue[] = []
  const withDocker = (agent: unknown, key: KeyPath): unknown =>
    changed(agent, 'sandbox', (sandbox) =>
      changed(sandbox, 'docker', (docker) => renamed(docker, [...key, 'sandbox', 'docker'], issues)),
    )
  const renamedAll = changed(value, 'agents', (agents) => {
    const withDefaults = changed(agents, 'defaults', (it) => withDocker(it, ['agents', 'defaults']))
    return changed(withDefaults, 'list', (list) =>
      Array.isArray(list) ? list.map((item, at) => withDocker(item, ['agents', 'list', at])) : list,
    )
  })
  return { value: renamedAll, issues }
}

function renamed(docker: unknown, key: KeyPath, issues: SchemaIssue[]): unknown {
  if (!isObject(docker)) return docker
  let result = docker
  for (const { alias, real, read, detail } of aliases) {
    if (!Object.hasOwn(docker, alias)) continue
    const { [alias]: written, ...rest } = result
    const meant = read(written)
    const other = rest[real]
    if (meant === null) issues.push({ key: [...key, alias], detail })
    else if (other !== undefined && String(other) !== String(meant)) {
      const both = `says something else than ${real}, which is the same key; keep one of them`
      issues.push({ key: [...key, alias], detail: both })
    }
    result = meant === null ? rest : { ...rest, [real]: other ?? meant }
  }
  return result
}

function readCpus(written: unknown): number | null {
  const text = typeof written === 'number' ? String(written) : written
  if (typeof text !== 'string' || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return null
  const cpus = Number(text)
  return cpus > 0 ? cpus : null
}

function readMemory(written: unknown): string | number | null {
  if (typeof written === 'number') return written > 0 && Number.isFinite(written) ? written : null
  return typeof written === 'string' && /^\s*\d+(?:\.\d+)?\s*[bkmgt]?i?b?\s*$/i.test(written)
    ? written.trim()
    : null
}

/** A copy of `value` with another member `name`; the same where it has none. */
function changed(value: unknown, name: string, change: (member: unknown) => unknown): unknown {
  if (!isObject(value) || !Object.hasOwn(value, name)) return value
  const member = change(value[name])
  return member === value[name] ? value : { ...value, [name]: member }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
