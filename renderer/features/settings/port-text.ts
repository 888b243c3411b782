/** The port a person typed, 1 to 65535 in decimal digits; null for anything else. */
export function portIn(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null
  const port = Number(text)
  return port >= 1 && port <= 65_535 ? port : null
}
