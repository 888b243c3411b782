import type { Problem } from '../../shared/problem.ts'

/** What the operating system says about the entry that opens this program at login. */
export interface LoginItemFound {
  readonly state: 'on' | 'off' | 'foreign' | 'needsApproval' | 'unsupported'
  readonly path: string | null
  readonly problem: Problem | null
}

/**
 * The operating system's own list of what is opened at login. Implemented for XDG autostart here, for a
 * launch agent of a headless host on macOS here, and for macOS's login items by the desktop shell.
 */
export interface LoginItem {
  readonly opens: 'app' | 'host'
  /** Read back from the operating system each time; never throws. */
  look(): Promise<LoginItemFound>
  /** `replace`: also over an entry that is not ours, which is kept beside it. Null: done. */
  change(on: boolean, replace: boolean): Promise<Problem | null>
}
