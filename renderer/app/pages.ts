/** The pages that exist, in the order of the sidebar. */
export const pages = [{ name: 'overview', icon: 'overview' }] as const
