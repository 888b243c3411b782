import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'

class Shown extends EventEmitter {
  readonly options: unknown
  isShown = false
  isClosed = false
  constructor(options: unknown) {
    super()
    this.options = options
    desktop.shown.push(this)
  }
  static isSupported = () => desktop.isSupported
  show() {
    this.isShown = true
  }
  close() {
    this.isClosed = true
    this.emit('close', {})
  }
}
const desktop: { shown: Shown[]; isSupported: boolean } = { shown: [], isSupported: true }

vi.doMock('electron', () => ({ Notification: Shown }))
const { openNotifications } = await import('../../../../electron/notifications/show-notification.ts')

describe('notifications', () => {
  let clicks = 0
  const notice = { title: 'The gateway is down', body: 'Why.', isLoud: true, page: 'overview' as const }
  beforeEach(() => {
    Object.assign(desktop, { shown: [], isSupported: true })
    clicks = 0
  })
  const open = () => openNotifications(() => clicks++)

  it('are loud or quiet, and say how urgent they are', () => {
    const notifications = open()
    notifications.show(notice)
    notifications.show({ ...notice, isLoud: false, page: 'overview' })
    expect(desktop.shown.map(({ options }) => options)).toEqual([
      { title: notice.title, body: 'Why.', silent: false, urgency: 'normal' },
      { title: notice.title, body: 'Why.', silent: true, urgency: 'low' },
    ])
    expect(desktop.shown.every(({ isShown }) => isShown)).toBe(true)
  })

  it('replace each other, and go with the application', () => {
    const notifications = open()
    notifications.show(notice)
    notifications.show(notice)
    expect(desktop.shown.map(({ isClosed }) => isClosed)).toEqual([true, false])
    notifications.close()
    expect(desktop.shown.map(({ isClosed }) => isClosed)).toEqual([true, true])
  })

  it('lead to the window', () => {
    open().show(notice)
    desktop.shown[0]?.emit('click', {})
    expect(clicks).toBe(1)
  })

  it('may fail, or not be there at all', () => {
    const notifications = open()
    notifications.show(notice)
    desktop.shown[0]?.emit('failed', {}, 'not signed')
    notifications.show(notice)
    expect(desktop.shown[0]?.isClosed).toBe(false)
    desktop.isSupported = false
    notifications.show(notice)
    expect(desktop.shown).toHaveLength(2)
  })
})
