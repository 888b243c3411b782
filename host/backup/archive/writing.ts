import { ProblemError, problem } from '../../../shared/problem.ts'

/** Does what writes to `path`; throws BACKUP_WRITE_FAILED where the system does not let it. */
export function writing<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw new ProblemError(problem('BACKUP_WRITE_FAILED', { path, detail: code }))
  }
}
