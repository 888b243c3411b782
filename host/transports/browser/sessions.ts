import { createHash, randomBytes } from 'node:crypto'

/** How long a printed address works, in ms. */
export const codeLifeMs = 15 * 60_000
const maxCodes = 32
const maxSessions = 32

interface Session {
  /** One key a tab; a tab keeps its own. */
  readonly keys: Set<string>
}

/**
 * Who may speak to the host from a browser. An address printed in the terminal carries a code that
 * works once; it is exchanged for a cookie and a key. Neither works alone: cookies of 127.0.0.1 go to
 * every port, so another local server could collect one, and a key is readable by scripts.
 * Only hashes are kept.
 */
export class BrowserSessions {
  readonly #now: () => number
  readonly #codes = new Map<string, number>()
  readonly #sessions = new Map<string, Session>()

  /** `now` is a monotonic clock in ms. */
  constructor(now: () => number) {
    this.#now = now
  }

  issueCode(): string {
    const code = secret()
    this.#codes.set(hash(code), this.#now() + codeLifeMs)
    dropOldest(this.#codes, maxCodes)
    return code
  }

  /**
   * Uses up a code. `cookie` is what the browser sent, if anything: a second tab of the same browser
   * joins its session, so that the first one's key keeps working. Null where the code is wrong, used
   * or too old.
   */
  redeem(code: string, cookie: string | null): { cookie: string; key: string } | null {
    const hashed = hash(code)
    const until = this.#codes.get(hashed)
    this.#codes.delete(hashed)
    if (until === undefined || until < this.#now()) return null
    const key = secret()
    const known = cookie === null ? undefined : this.#sessions.get(hash(cookie))
    if (known && cookie !== null) {
      known.keys.add(hash(key))
      return { cookie, key }
    }
    const fresh = secret()
    this.#sessions.set(hash(fresh), { keys: new Set([hash(key)]) })
    dropOldest(this.#sessions, maxSessions)
    return { cookie: fresh, key }
  }

  hasCookie(cookie: string | null): boolean {
    return cookie !== null && this.#sessions.has(hash(cookie))
  }

  admits(cookie: string | null, key: string): boolean {
    return cookie !== null && this.#sessions.get(hash(cookie))?.keys.has(hash(key)) === true
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Looking up a hash tells a guesser nothing about how near the guess was. */
function hash(value: string): string {
  return createHash('sha256').update(value).digest('base64')
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
