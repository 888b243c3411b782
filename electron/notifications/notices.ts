import type { Clock } from '../../host/clock.ts'
import type { Language } from '../../shared/wording/texts.ts'
import { noticeText } from './notice-text.ts'
import { type Notices, runNotices } from './run-notices.ts'
import { openNotifications } from './show-notification.ts'

/**
 * Desktop notifications about the gateway: that it is down, that it is back, that it was given up on.
 * Nothing is said about what the owner asked for. `clicked`: the owner wants to see more.
 */
export function startNotices(parts: {
  clock: Clock
  isOn(): boolean
  language(): Language
  clicked(): void
}): Notices {
  const notifications = openNotifications(parts.clicked)
  const notices = runNotices({
    clock: parts.clock,
    isOn: parts.isOn,
    show: (notice) => {
      const isLoud = notice.kind === 'down' || notice.kind === 'failed'
      notifications.show({ ...noticeText(parts.language(), notice), isLoud })
    },
  })
  return {
    changed: notices.changed,
    stop() {
      notices.stop()
      notifications.close()
    },
  }
}
