/** What an operator may do; the names are Moltbot's. `admin` includes the others, `write` includes `read`. */
export const scopes = [
  'operator.admin',
  'operator.read',
  'operator.write',
  'operator.approvals',
  'operator.pairing',
] as const
export type Scope = (typeof scopes)[number]

/** Whether who was granted `granted` may call what needs `needed`. */
export function allows(granted: ReadonlySet<Scope>, needed: Scope): boolean {
  if (granted.has('operator.admin') || granted.has(needed)) return true
  return needed === 'operator.read' && granted.has('operator.write')
}
