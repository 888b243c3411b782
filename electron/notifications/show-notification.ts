import { Notification } from 'electron'
import type { TrayPage } from '../tray/tray-model.ts'
import type { NoticeText } from './notice-text.ts'

export interface ShownNotice extends NoticeText {
  /** A loud one may make a sound; a quiet one only lies there to be read. */
  readonly isLoud: boolean
  /** Where a click leads. */
  readonly page: TrayPage
}

/** Shows one notice at a time: each speaks of the same gateway, so a newer one makes the older one false. */
export function openNotifications(clicked: (page: TrayPage) => void): {
  show(notice: ShownNotice): void
  close(): void
} {
  // Held until it is gone: collecting the object withdraws the notification.
  let current: Notification | null = null
  const close = () => {
    const previous = current
    current = null
    previous?.close()
  }
  return {
    show({ title, body, isLoud, page }) {
      close()
      if (!Notification.isSupported()) return
      const shown = new Notification({ title, body, silent: !isLoud, urgency: isLoud ? 'normal' : 'low' })
      const gone = () => {
        if (current === shown) current = null
      }
      shown.on('click', () => {
        gone()
        clicked(page)
      })
      shown.on('close', gone)
      // Unsigned macOS applications may not notify; the tray shows the state all the same.
      shown.on('failed', gone)
      current = shown
      shown.show()
    },
    close,
  }
}
