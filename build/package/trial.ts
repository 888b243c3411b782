import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Finding } from './finding.ts'

const run = promisify(execFile)

/** For one step, on a machine that is busy with other things. */
export const limitMs = 60_000

/** A package that was copied elsewhere, and the world that it runs in. */
export interface Trial {
  readonly resources: string
  readonly env: Record<string, string>
  /** Everything of the trial is in here. */
  readonly base: string
  /** Puts an argument list into a world without the repository, where that can be had. */
  readonly hidden: (args: readonly string[]) => [string, ...string[]]
  readonly gatewayPort: number
}

/** Runs a program to its end; resolves to what it said. */
export async function ask({ env, hidden }: Trial, args: readonly string[], input?: string): Promise<string> {
  const [file, ...rest] = hidden(args)
  const asked = run(file, rest, { env, cwd: '/', timeout: limitMs })
  asked.child.stdin?.end(input)
  const { stdout } = await asked
  return stdout
}

/** A step of a trial as a finding: what it returns, or why it failed. */
export async function attempt(check: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { check, facts: await work(), wrong: [] }
  } catch (error) {
    return { check, facts: '', wrong: [error instanceof Error ? error.message : String(error)] }
  }
}

export function expectThat(found: string, wanted: string): string {
  if (found !== wanted)
    throw new Error(`It said ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}.`)
  return found
}

/** Programs of processes whose environment has this trial's home. Linux only; elsewhere none are seen. */
export function programsOf(base: string): string[] {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const env = readFileSync(`/proc/${pid}/environ`, 'latin1')
      return env.includes(`HOME=${join(base, 'home')}`) ? [readlinkSync(`/proc/${pid}/exe`)] : []
    } catch {
      return []
    }
  })
}
