/** What a login starts: a program by its absolute path, and its arguments. */
export interface LoginProgram {
  readonly file: string
  readonly args: readonly string[]
  readonly opens: 'app' | 'host'
}

/** Why no login can start that program, or null. */
export function whyNotStartable({ file, args }: LoginProgram): string | null {
  // The specification of desktop entries forbids it: in front of a program, `=` sets a variable.
  if (file.includes('=')) return `${file}: a path with "=" cannot be started at login`
  const hasControls = [file, ...args].some((word) => /\p{Cc}/u.test(word))
  return hasControls ? `${JSON.stringify(file)}: a path with a line end or control character` : null
}
