import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'

const schema = z.strictObject({ version: z.string(), detail: z.string() })

/** An installation failed when nobody could be told any more; the next start says so. */
export function noteFailedInstall(path: string, version: string, error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, JSON.stringify({ version, detail }), { mode: 0o600 })
  } catch {
    // The former version runs on; there is nowhere left to say why.
  }
}

/** What the last one noted, said once. */
export function takeFailedInstall(path: string): Problem | null {
  try {
    const text = readFileSync(path, 'utf8')
    rmSync(path)
    return problem('UPDATE_INSTALL_FAILED', schema.parse(JSON.parse(text)))
  } catch {
    return null // none, or unreadable
  }
}
