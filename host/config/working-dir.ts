/** The folder that a person gave a command in; undefined where it is gone meanwhile. */
export function workingDir(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
