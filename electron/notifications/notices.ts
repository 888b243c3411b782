import type { Clock } from '../../host/clock.ts'
import type { Language } from '../../shared/wording/texts.ts'
import type { TrayPage } from '../tray/tray-model.ts'
import { noticeText } from './notice-text.ts'
import { type Notices, runNotices } from './run-notices.ts'
import { openNotifications } from './show-notification.ts'

/**
 * Desktop notifications: that the gateway is down, back, or given up on; that a backup failed or is missing;
 * that there is a newer version of the application.
 * Nothing is said about what the owner asked for. `clicked`: the owner wants to see more.
 */
export function startNotices(parts: {
  clock: Clock
  isOn(): boolean
  language(): Language
  clicked(page: TrayPage): void
}): Notices {
  const notifications = openNotifications(parts.clicked)
  const notices = runNotices({
    clock: parts.clock,
    isOn: parts.isOn,
    show: (notice) => {
      const isLoud = notice.kind === 'down' || notice.kind === 'failed' || notice.kind === 'backupFailed'
      const page = pageOf(notice.kind)
      notifications.show({ ...noticeText(parts.language(), notice), isLoud, page })
    },
  })
  return {
    ...notices,
    stop() {
      notices.stop()
      notifications.close()
    },
  }
}

/** Where more is said of it. */
function pageOf(kind: string): TrayPage {
  if (kind.startsWith('backup')) return 'backups'
  return kind.startsWith('update') ? 'updates' : 'overview'
}
