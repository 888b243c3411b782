import type { ProcessDetails, ProcessTable } from './process-table.ts'
import { namesOf } from './user-name.ts'

export type WhoListens =
  | { readonly kind: 'nobody' }
  /** A process of this user. */
  | { readonly kind: 'own'; readonly process: ProcessDetails }
  /** Another user's; `process` is null where only its owner may know it. */
  | { readonly kind: 'others'; readonly user: string; readonly process: ProcessDetails | null }

/**
 * Whose program listens on 127.0.0.1:`port`. A token goes only to a process of this user: any other could
 * have taken the port to be handed it.
 */
export async function whoListens(
  port: number,
  table: Pick<ProcessTable, 'findListener'>,
): Promise<WhoListens> {
  const listener = await table.findListener(port)
  if (!listener) return { kind: 'nobody' }
  if (listener.kind === 'unknown') return { kind: 'others', user: listener.user, process: null }
  const { process: found } = listener
  const own = await namesOf(process.getuid?.() ?? -1)
  if (own.includes(found.user)) return { kind: 'own', process: found }
  return { kind: 'others', user: found.user, process: found }
}
