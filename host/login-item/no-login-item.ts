import { problem } from '../../shared/problem.ts'
import type { LoginItem } from './login-item.ts'

/** For a host that no login could open again. */
export function noLoginItem(opens: LoginItem['opens'], detail: string): LoginItem {
  const unsupported = problem('LOGIN_ITEM_UNSUPPORTED', { detail })
  return {
    opens,
    look: async () => ({ state: 'unsupported', path: null, problem: unsupported }),
    change: async () => unsupported,
  }
}
