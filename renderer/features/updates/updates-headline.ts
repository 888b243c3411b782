import type { UpdatesView } from '../../../shared/updates.ts'

export type HeadlineName =
  | 'checking'
  | 'appReady'
  | 'appInstalling'
  | 'appDownloading'
  | 'appOffered'
  | 'gatewayOffered'
  | 'both'
  | 'failed'
  | 'unchecked'
  | 'nothing'
  | 'upToDate'

export interface Headline {
  readonly name: HeadlineName
  /** What it is about; `''` where it names none. */
  readonly version: string
  /** `news`: something could be taken. */
  readonly mark: 'busy' | 'news' | 'attention' | 'good' | 'none'
}

/** The answer to "is there something new?", in one line. */
export function updatesHeadline({ app, gateway, isChecking }: UpdatesView): Headline {
  const version = app.offer?.version ?? ''
  if (app.state === 'installing') return { name: 'appInstalling', version, mark: 'busy' }
  if (app.state === 'ready') return { name: 'appReady', version, mark: 'news' }
  if (app.state === 'downloading') return { name: 'appDownloading', version, mark: 'busy' }
  if (isChecking) return { name: 'checking', version: '', mark: 'busy' }
  if (app.state === 'offered' && gateway.offer) return { name: 'both', version: '', mark: 'news' }
  if (app.state === 'offered') return { name: 'appOffered', version, mark: 'news' }
  if (gateway.offer) {
    const name = `${gateway.followed ?? ''} ${gateway.offer.version}`.trim()
    return { name: 'gatewayOffered', version: name, mark: 'news' }
  }
  const canApp = app.state !== 'unavailable'
  if ((canApp && app.problem) || gateway.problem) return { name: 'failed', version: '', mark: 'attention' }
  if (!canApp && gateway.followed === null) return { name: 'nothing', version: '', mark: 'none' }
  return checkedAt({ app, gateway }) === null
    ? { name: 'unchecked', version: '', mark: 'none' }
    : { name: 'upToDate', version: '', mark: 'good' }
}

/** What the headline leaves open. */
export function whyOf(name: HeadlineName, { app, gateway }: Pick<UpdatesView, 'app' | 'gateway'>) {
  if (name === 'nothing') return 'nothingWhy'
  if (name !== 'upToDate') return null
  // One from a package stays in use when that is followed no longer, and nothing is looked for then.
  if (gateway.followed === null) return gateway.active.package === null ? 'appOnly' : 'notGateway'
  return app.state === 'unavailable' ? 'gatewayOnly' : null
}

/** Since when everything that can be looked at is known; null while something was never looked at. */
export function checkedAt({ app, gateway }: Pick<UpdatesView, 'app' | 'gateway'>): number | null {
  const times = [
    ...(app.state === 'unavailable' ? [] : [app.checkedAt]),
    ...(gateway.followed === null ? [] : [gateway.checkedAt]),
  ]
  const known = times.filter((at) => at !== null)
  return known.length === times.length && known.length > 0 ? Math.min(...known) : null
}
