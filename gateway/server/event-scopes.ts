import { allows, type Scope } from '../../shared/protocol/scopes.ts'

/** What a client must have been granted to hear an event; null is for everybody who has proven themselves. */
function scopeOf(event: string): Scope | null {
  if (event === 'tick' || event === 'shutdown') return null
  if (event.startsWith('exec.approval.')) return 'operator.approvals'
  if (/^(?:device|node)\.pair\./.test(event)) return 'operator.pairing'
  return 'operator.read'
}

export function mayHear(granted: ReadonlySet<Scope>, event: string): boolean {
  const needed = scopeOf(event)
  return needed === null || allows(granted, needed)
}
