import type { StartOptions } from './start-options.ts'

/** What a second instance tells the first one. A newer form keeps `form` and `show`. */
interface SecondStart {
  readonly form: number
  readonly show: boolean
}

export function secondStart({ open }: StartOptions): SecondStart {
  return { form: 1, show: open }
}

/**
 * Whether the first instance is to show its window. The data may come from any program of this user: all
 * it can bring about is the window, and its arguments and folder are not even looked at.
 */
export function asksForWindow(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const { form, show } = data as Partial<Record<keyof SecondStart, unknown>>
  return Number.isSafeInteger(form) && Number(form) >= 1 && show === true
}
