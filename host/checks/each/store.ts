import { type Check, found } from '../finding.ts'

/** Whether the keychain, or what the owner chose instead, can be read. Nobody is asked for a password by it. */
export const storeCheck: Check = {
  name: 'store',
  async look({ knowledge }) {
    const { secrets } = knowledge
    // One that is locked is left alone: asking might open a window.
    const view = secrets.view.store.state === 'ready' ? await secrets.look() : secrets.view
    const { kind, state, title } = view.store
    if (state === 'ready') return []
    const isNeeded = view.secrets.some(({ source }) => source === kind)
    if (state === 'absent' && !isNeeded) return []
    if (state === 'absent') return [found('storeUnready', 'critical', { title, state })]
    // Where no host runs, nobody has had a reason to open it yet.
    const level = knowledge.gateway() === null ? 'info' : 'warn'
    return [found('storeUnready', level, { title, state })]
  },
}
