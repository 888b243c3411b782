import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'
import { problemSchema } from '../../shared/problem-schema.ts'

const storedAs = 'moltbot.key'
const keySchema = z.object({ key: z.string().min(1) })

export type SessionOutcome =
  | { readonly name: 'ready'; readonly key: string }
  | { readonly name: 'refused'; readonly problem: Problem }
  /** The host did not answer; the code was not spent. */
  | { readonly name: 'unreachable' }

export interface SessionPorts {
  readonly location: Pick<Location, 'hash' | 'pathname'>
  readonly history: Pick<History, 'replaceState'>
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly fetch: typeof fetch
}

/** The page's half of a session; the other half is an HttpOnly cookie. */
export class BrowserSession {
  readonly #ports: SessionPorts
  #code: string | null = null

  constructor(ports: SessionPorts) {
    this.#ports = ports
  }

  /** Takes the code out of the address, where it would stay in the history; true if there was one. */
  takeCode(): boolean {
    const { location, history } = this.#ports
    const code = new URLSearchParams(location.hash.slice(1)).get('code')
    if (!code) return false
    this.#code = code
    history.replaceState(null, '', location.pathname)
    return true
  }

  /** The key of this tab: exchanged for the address's code, else the one kept since. */
  async key(): Promise<SessionOutcome> {
    const refusal = this.#code === null ? null : await this.#exchange(this.#code)
    if (refusal === 'unreachable') return { name: 'unreachable' }
    const key = this.#ports.storage.getItem(storedAs)
    // A used code in a tab that has a key (its address was opened again) does no harm.
    if (key) return { name: 'ready', key }
    return { name: 'refused', problem: refusal ?? problem('SESSION_REQUIRED', {}) }
  }

  /** The host no longer knows the key. */
  forget(): void {
    this.#ports.storage.removeItem(storedAs)
  }

  async #exchange(code: string): Promise<Problem | 'unreachable' | null> {
    const { fetch, storage } = this.#ports
    let answer: { status: number; body: unknown }
    try {
      const response = await fetch('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify({ code }),
      })
      answer = { status: response.status, body: await response.json() }
    } catch {
      // Refused connection and cut-off answer alike: the next attempt asks again.
      return 'unreachable'
    }
    this.#code = null
    const granted = keySchema.safeParse(answer.body)
    if (answer.status === 200 && granted.success) {
      storage.setItem(storedAs, granted.data.key)
      return null
    }
    const refused = problemSchema.safeParse(answer.body)
    return refused.success ? refused.data : problem('SESSION_CODE_USED', {})
  }
}
