/** The pages that exist, in the order of the sidebar. */
export const pages = [
  { name: 'overview', icon: 'overview' },
  { name: 'logs', icon: 'logs' },
  { name: 'backups', icon: 'backups' },
  { name: 'updates', icon: 'updates' },
  { name: 'health', icon: 'health' },
  { name: 'secrets', icon: 'secrets' },
  { name: 'terminal', icon: 'terminal' },
  { name: 'settings', icon: 'settings' },
] as const

export type PageName = (typeof pages)[number]['name']

/** The page an address names by its hash, `#/logs`; the first one where it names none. */
export function pageOf(hash: string): PageName {
  return pages.find(({ name }) => hash === addressOf(name))?.name ?? 'overview'
}

export function addressOf(page: PageName): string {
  return `#/${page}`
}
