import { pathToFileURL } from 'node:url'
import { Notification, Tray } from 'electron'

// A main script for specs in Electron itself: nothing of tray and notifications can be asked back, so it is
// kept as it is set. Prototypes, because the application's own imports hold the same classes.
const recorded = { tray: null, menu: null, tooltip: '', notifications: [] }
globalThis.recorded = recorded

const { setContextMenu, setToolTip } = Tray.prototype
Tray.prototype.setContextMenu = function (menu) {
  recorded.tray = this
  recorded.menu = menu
  return setContextMenu.call(this, menu)
}
Tray.prototype.setToolTip = function (text) {
  recorded.tray = this
  recorded.tooltip = text
  return setToolTip.call(this, text)
}
const { show, close } = Notification.prototype
const forget = (one) => {
  recorded.notifications = recorded.notifications.filter((other) => other !== one)
}
Notification.prototype.show = function () {
  recorded.notifications.push(this)
  this.once('close', () => forget(this))
  return show.call(this)
}
Notification.prototype.close = function () {
  forget(this)
  return close.call(this)
}

// The application finds its options where it would without this script.
process.argv[1] = process.env.MOLTBOT_RECORDED_MAIN
await import(pathToFileURL(process.env.MOLTBOT_RECORDED_MAIN).href)
