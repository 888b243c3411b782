import type { App } from 'electron'
import type { LoginItem, LoginItemFound } from '../../host/login-item/login-item.ts'
import { type Problem, problem } from '../../shared/problem.ts'

type LoginApp = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>
type Status = ReturnType<LoginApp['getLoginItemSettings']>['status']

/**
 * The application itself as a login item of macOS 13 or newer (SMAppService). It has no file, and is started
 * without arguments: that it was opened at login is asked of Electron. Nobody else can write it, so it is
 * never foreign.
 */
export function macosLoginItem(app: LoginApp): LoginItem {
  const look = (): LoginItemFound => foundOf(app.getLoginItemSettings({ type: 'mainAppService' }).status)
  return {
    opens: 'app',
    look: async () => look(),
    async change(on) {
      try {
        app.setLoginItemSettings({ openAtLogin: on, type: 'mainAppService' })
      } catch (error) {
        return unsupported(error instanceof Error ? error.message : String(error))
      }
      // The setter says nothing: an unsigned copy, say, stays what it was.
      const { state, problem: found } = look()
      if (found) return found
      return state === (on ? 'on' : 'off') ? null : unsupported('macOS did not take it over')
    },
  }
}

function foundOf(status: Status): LoginItemFound {
  switch (status) {
    case 'enabled':
      return { state: 'on', path: null, problem: null }
    case 'requires-approval':
      return { state: 'needsApproval', path: null, problem: problem('LOGIN_ITEM_NEEDS_APPROVAL', {}) }
    // macOS says "not found" of one that was never registered, too.
    case 'not-registered':
    case 'not-found':
      return { state: 'off', path: null, problem: null }
  }
}

function unsupported(detail: string): Problem {
  return problem('LOGIN_ITEM_UNSUPPORTED', { detail })
}
