import { homedir } from 'node:os'
import { app } from 'electron'
import type { LoginItem } from '../../host/login-item/login-item.ts'
import { xdgAutostart } from '../../host/login-item/xdg-autostart.ts'
import { ownAppImage } from '../start/plain-runtime.ts'
import { macosLoginItem } from './macos-login-item.ts'

/** The desktop application at login: in the tray, without its window. */
export function desktopLoginItem(env: NodeJS.ProcessEnv): LoginItem {
  if (process.platform === 'darwin') return macosLoginItem(app)
  // From a repository it is Electron that runs, with the repository as its application.
  const own = app.isPackaged ? [] : [app.getAppPath()]
  // An AppImage's own path: what runs now lies in a mount that goes with it.
  const file = ownAppImage(env) ?? process.execPath
  const program = { file, args: [...own, '--no-open'], opens: 'app' } as const
  return xdgAutostart({ env, home: homedir(), program })
}
