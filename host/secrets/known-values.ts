import { isMaskable } from './secret-rules.ts'

/** Every value that was seen, for as long as it may still turn up in a text: until the end. */
export class KnownValues {
  readonly #values = new Set<string>()
  #list: readonly string[] = []

  get list(): readonly string[] {
    return this.#list
  }

  add(value: string): void {
    if (this.#values.has(value) || !isMaskable(value)) return
    this.#values.add(value)
    this.#list = [...this.#values]
  }
}
