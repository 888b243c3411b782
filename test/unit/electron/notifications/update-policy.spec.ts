import { describe, expect, it } from 'vitest'
import { noticeText } from '../../../../electron/notifications/notice-text.ts'
import {
  onUpdates,
  type UpdateMemory,
  updateVersionOf,
} from '../../../../electron/notifications/update-policy.ts'
import type { AppUpdate } from '../../../../shared/updates.ts'
import { anAppOffer, upToDate } from '../../../fixtures/scripted-updates.ts'

const seen = (state: AppUpdate['state'], version: string | null) => {
  const view = upToDate(0)
  const offer = version === null ? null : anAppOffer(0, { version })
  return { ...view, app: { ...view.app, state, offer } }
}

function told(views: readonly ReturnType<typeof seen>[]) {
  let memory: UpdateMemory | null = null
  return views.map((view) => {
    const step = onUpdates(memory, view)
    memory = step.memory
    return step.notice && `${step.notice.kind} ${step.notice.version}`
  })
}

describe('a new version is told of', () => {
  it('once when it is found and once when it is ready, whatever happens in between', () => {
    expect(
      told([
        seen('idle', null),
        seen('offered', '0.2.0'),
        seen('offered', '0.2.0'),
        seen('downloading', '0.2.0'),
        seen('offered', '0.2.0'),
        seen('downloading', '0.2.0'),
        seen('ready', '0.2.0'),
        seen('installing', '0.2.0'),
        seen('ready', '0.2.0'),
        seen('offered', '0.3.0'),
      ]),
    ).toEqual([
      null,
      'updateOffered 0.2.0',
      null,
      null,
      null,
      null,
      'updateReady 0.2.0',
      null,
      null,
      'updateOffered 0.3.0',
    ])
  })

  it('by the run that found it, not by each that comes after', () => {
    expect(told([seen('offered', '0.2.0'), seen('idle', null), seen('offered', '0.2.0')])).toEqual([
      null,
      null,
      null,
    ])
  })

  it('in words, which cannot be given by a feed', () => {
    expect(noticeText('en', { kind: 'updateReady', version: '0.2.0' })).toEqual({
      title: 'Moltbot Desktop 0.2.0 is ready to be installed',
      body: 'It was downloaded and verified. Install it now, or when you quit.',
    })
    expect(noticeText('zh-CN', { kind: 'updateOffered', version: '1\n\u202e2' }).title).not.toMatch(
      /[\n\u202e]/,
    )
  })

  it('in the tray for as long as it can be taken', () => {
    const versions = (['idle', 'offered', 'downloading', 'ready', 'installing', 'unavailable'] as const).map(
      (state) => updateVersionOf(seen(state, '0.2.0')),
    )
    expect(versions).toEqual([null, '0.2.0', '0.2.0', '0.2.0', null, null])
  })
})
