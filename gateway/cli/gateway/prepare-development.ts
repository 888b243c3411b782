import { homedir } from 'node:os'
import { writeWhatIsMissing } from '../../../host/config/first-run.ts'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { findLockHolder } from '../../../host/gateway/find-lock-holder.ts'
import { listeningPorts } from '../../../host/processes/listening-ports.ts'
import { openProcessTable } from '../../../host/processes/open-process-table.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { confirm } from '../own-host/confirm.ts'
import { failWith, sayLine, tellProblem } from '../tell.ts'
import { moveAside } from './move-aside.ts'

interface Development {
  readonly isReset: boolean
  readonly isSure: boolean
}

/** Writes what a gateway needs where it is missing; before that, moves aside what was there, if that is asked for. */
export async function prepareDevelopment({ isReset, isSure }: Development): Promise<number> {
  const { env } = process
  const paths = resolveStatePaths(env, homedir())
  if (isReset) {
    const code = await reset(paths, isSure)
    if (code !== exitCode.done) return code
  }
  const outcome = await writeWhatIsMissing(paths, env)
  if (!outcome.ok) return failWith(outcome, false)
  for (const path of outcome.written) sayLine(`Written: ${path}`)
  return exitCode.done
}

async function reset(
  { stateDir, configPath }: { stateDir: string; configPath: string },
  isSure: boolean,
): Promise<number> {
  const refused = await findRefusal(stateDir, configPath)
  if (refused) {
    tellProblem(refused)
    return exitCode.failed
  }
  const question = `Move configuration, credentials and sessions of ${stateDir} aside?`
  const answer = isSure || (await confirm(question))
  if (!answer) {
    sayLine(answer === null ? 'Nobody can be asked here. If you are sure, add --yes' : 'Kept.')
    return exitCode.failed
  }
  const moved = await moveAside(stateDir, configPath, new Date())
  if (!moved.ok) return failWith(moved, false)
  if (moved.folder !== null) sayLine(`Moved to ${moved.folder}`)
  return exitCode.done
}

async function findRefusal(stateDir: string, configPath: string): Promise<Problem | null> {
  // The owner's own state is not for trying things on.
  const profile = process.env.CLAWDBOT_PROFILE?.trim() || 'default'
  if (profile === 'default') return problem('RESET_NEEDS_PROFILE', { path: stateDir })
  const holder = await findLockHolder({ configPath, table: openProcessTable() })
  if (!holder) return null
  const { pid, program, startedAt } = holder
  const port = (await listeningPorts(pid)).join(', ') || '–'
  return problem('GATEWAY_ALREADY_RUNNING', { pid, program, startedAt, port, path: configPath })
}
