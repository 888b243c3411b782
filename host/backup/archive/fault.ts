import { ProblemError, problem } from '../../../shared/problem.ts'

/** What is wrong with a backup, told by code that does not know the file's path. */
export class Fault extends Error {
  readonly kind: 'damaged' | 'refused'
  /** What is refused. */
  readonly entry: string

  constructor(kind: 'damaged' | 'refused', detail: string, entry = '') {
    super(detail)
    this.kind = kind
    this.entry = entry
  }

  asProblem(path: string): ProblemError {
    const detail = this.message
    return new ProblemError(
      this.kind === 'damaged'
        ? problem('BACKUP_DAMAGED', { path, detail })
        : problem('BACKUP_REFUSED', { path, entry: shown(this.entry), detail }),
    )
  }
}

export const damaged = (detail: string): Fault => new Fault('damaged', detail)
export const refused = (entry: string, detail: string): Fault => new Fault('refused', detail, entry)

/** A name of a stranger's, for a message: short, and without what could rewrite the line it stands in. */
function shown(name: string): string {
  const plain = name.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  )
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain
}
