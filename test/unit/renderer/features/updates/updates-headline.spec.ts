import { describe, expect, it } from 'vitest'
import { mayBePackage } from '../../../../../renderer/features/updates/package-text.ts'
import {
  checkedAt,
  updatesHeadline,
  whyOf,
} from '../../../../../renderer/features/updates/updates-headline.ts'
import { problem } from '../../../../../shared/problem.ts'
import type { UpdatesView } from '../../../../../shared/updates.ts'
import { aGatewayOffer, anAppOffer, upToDate } from '../../../../fixtures/scripted-updates.ts'

const now = 1_000_000_000
const usual = upToDate(now)
const app = (change: Partial<UpdatesView['app']>) => ({ ...usual, app: { ...usual.app, ...change } })
const gateway = (change: Partial<UpdatesView['gateway']>, from: UpdatesView = usual) => ({
  ...from,
  gateway: { ...from.gateway, ...change },
})
const found = problem('UPDATE_FEED_STALE', { detail: 'x' })

describe('the answer of the page', () => {
  it.each<[string, UpdatesView, string]>([
    ['all is new', usual, 'upToDate'],
    ['it looks', { ...usual, isChecking: true }, 'checking'],
    ['never looked', app({ checkedAt: null }), 'unchecked'],
    ['a followed package was never looked at', gateway({ followed: 'clawdbot' }), 'unchecked'],
    ['an offer', app({ state: 'offered', offer: anAppOffer(now) }), 'appOffered'],
    [
      'ready, though it looks',
      { ...app({ state: 'ready', offer: anAppOffer(now) }), isChecking: true },
      'appReady',
    ],
    ['a problem', app({ problem: found }), 'failed'],
    ['a problem of the gateway', gateway({ problem: found }), 'failed'],
    ['no way at all', app({ state: 'unavailable', problem: found }), 'nothing'],
    [
      'only the gateway',
      gateway({ followed: 'clawdbot', checkedAt: now }, app({ state: 'unavailable', problem: found })),
      'upToDate',
    ],
    ['a gateway', gateway({ followed: 'clawdbot', offer: aGatewayOffer(now) }), 'gatewayOffered'],
    [
      'both',
      gateway(
        { followed: 'clawdbot', offer: aGatewayOffer(now) },
        app({ state: 'offered', offer: anAppOffer(now) }),
      ),
      'both',
    ],
  ])('%s', (_name, view, expected) => {
    expect(updatesHeadline(view).name).toBe(expected)
  })

  it('is as old as the older of the two looks', () => {
    expect(checkedAt(gateway({ followed: 'x', checkedAt: 5 }))).toBe(5)
    expect(checkedAt(gateway({ followed: 'x', checkedAt: null }))).toBeNull()
  })

  it('takes the names that npm takes', () => {
    const names = [
      'clawdbot',
      '@owner/claw-bot',
      'Claw',
      'a b',
      '../x',
      '--registry=x',
      'https://x',
      '@a/',
      '.x',
    ]
    expect(names.map(mayBePackage)).toEqual([true, true, false, false, false, false, false, false, false])
  })
})

it('a gateway from a package that is followed no longer is not said to be updated with the application', () => {
  expect(whyOf('upToDate', usual)).toBe('appOnly')
  const active = { ...usual.gateway.active, id: 'clawdbot@1.0.0', package: 'clawdbot' }
  expect(whyOf('upToDate', gateway({ active }))).toBe('notGateway')
})
