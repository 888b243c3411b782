import type { LoginItemChange, LoginItemView } from '../../shared/login-item.ts'
import { type Problem, ProblemError } from '../../shared/problem.ts'
import type { TimelineKind } from '../../shared/timeline.ts'
import { inTurn } from '../logs/in-turn.ts'
import type { LoginItem } from './login-item.ts'

interface LoginItemOwnerParts {
  readonly item: LoginItem
  changed(view: LoginItemView): void
  note(kind: TimelineKind, found: Problem | null, facts: Record<string, string | number>): void
}

/** Whether a login opens this program, as the operating system says: looked at when asked, and never remembered. */
export class LoginItemOwner {
  view: LoginItemView
  readonly #parts: LoginItemOwnerParts
  readonly #turn = inTurn()

  private constructor(parts: LoginItemOwnerParts) {
    this.#parts = parts
    this.view = { revision: 0, state: 'off', opens: parts.item.opens, path: null, problem: null }
  }

  static async open(parts: LoginItemOwnerParts): Promise<LoginItemOwner> {
    const owner = new LoginItemOwner(parts)
    await owner.look()
    return owner
  }

  look(): Promise<LoginItemView> {
    return this.#turn(() => this.#look())
  }

  /** Throws a ProblemError where it was not changed. */
  change({ on, replace = false }: LoginItemChange): Promise<LoginItemView> {
    return this.#turn(async () => {
      const before = await this.#look()
      const refused = await this.#parts.item.change(on, replace)
      const after = await this.#look()
      if (after.state !== before.state) {
        this.#parts.note('loginItemChanged', null, { launchAtLogin: after.state, path: after.path ?? '' })
      }
      if (refused) throw new ProblemError(refused)
      return after
    })
  }

  async #look(): Promise<LoginItemView> {
    const { revision, ...shown } = this.view
    const next = { ...shown, ...(await this.#parts.item.look()) }
    if (JSON.stringify(next) !== JSON.stringify(shown)) {
      this.view = { ...next, revision: revision + 1 }
      this.#parts.changed(this.view)
    }
    return this.view
  }
}
