/** A whole number of at least 1 and at most `most`, as typed; null for anything else. */
export function wholeNumber(text: string, most: number): number | null {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= most ? value : null
}
