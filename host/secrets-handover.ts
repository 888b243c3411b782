import { closeSync, readFileSync } from 'node:fs'

/** Names the descriptor on which a gateway finds its secrets: one JSON object, then the end of the file. */
export const secretsFdVariable = 'MOLTBOT_SECRETS_FD'
/** The first one after the three that every process has. */
export const secretsFd = 3

/**
 * The gateway's side: reads what it was handed, closes the descriptor and takes its name out of `env`, so
 * that nothing the gateway starts finds either. Null where nobody handed anything over.
 */
export function takeSecrets(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> | null {
  const named = env[secretsFdVariable]
  delete env[secretsFdVariable]
  const fd = named !== undefined && /^[3-9]$/.test(named) ? Number(named) : null
  if (fd === null) return null
  try {
    return textsOf(JSON.parse(readFileSync(fd, 'utf8')))
  } catch {
    return null // inherited from something that is no host of ours
  } finally {
    closeQuietly(fd)
  }
}

function textsOf(value: unknown): Record<string, string> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd)
  } catch {
    // it was not open: somebody only set the variable
  }
}
