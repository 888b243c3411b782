import type { Problem } from '../../../shared/problem.ts'
import { formatBytes } from '../../../shared/wording/format.ts'
import type { Removable } from './removable.ts'
import type { RunningHost } from './stop-host.ts'

/** The list for a person: what goes, what stays and why. */
export function planLines(plan: readonly Removable[], host: RunningHost): string[] {
  const going = plan.filter(({ kept }) => kept === null)
  const staying = plan.filter(({ kept }) => kept !== null)
  const first =
    host.kind === 'runs' ? [`The host (process ${host.pid}) and its gateway are stopped first.`] : []
  return [
    ...first,
    ...(going.length === 0
      ? ['There is nothing to remove.']
      : ['This is removed:', ...going.flatMap(itemLines)]),
    ...(staying.length === 0 ? [] : ['This stays:', ...staying.flatMap(itemLines)]),
  ]
}

function itemLines({ what, place, bytes, kept }: Removable): string[] {
  const size = bytes === null ? '' : `, ${formatBytes(bytes)}`
  return [`  ${what}${size}`, `    ${place}`, ...(kept === null ? [] : [`    ${kept}`])]
}

export function planJson(plan: readonly Removable[], host: RunningHost, refused: Problem | null) {
  return {
    host: host.kind === 'runs' ? { pid: host.pid, shell: host.shell } : null,
    blockedBy: refused?.code ?? null,
    removes: plan.filter(({ kept }) => kept === null).map(itemJson),
    kept: plan.filter(({ kept }) => kept !== null).map(itemJson),
  }
}

export function itemJson({ what, place, bytes, kept }: Removable) {
  return { what, place, bytes, ...(kept === null ? {} : { why: kept }) }
}
