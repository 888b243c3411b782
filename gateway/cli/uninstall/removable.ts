import type { StatePaths } from '../../../host/config/state-paths.ts'
import type { HostPaths } from '../../../host/host-paths.ts'

/** One thing that this program put on the machine. */
export interface Removable {
  /** What it is, in a few words. */
  readonly what: string
  /** A path, or the name that something has elsewhere. */
  readonly place: string
  /** On the disk; null where that is not known or of no interest. */
  readonly bytes: number | null
  /** Null: it is to go. Else why it stays. */
  readonly kept: string | null
  /** Resolves to why it could not be removed, or null. Never rejects. */
  remove(): Promise<string | null>
}

export interface Wishes {
  readonly state: boolean
  readonly backups: boolean
  readonly secrets: boolean
}

/** Where things of this user are looked for. */
export interface UninstallGround {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly platform: NodeJS.Platform
  readonly uid: number
  readonly hostPaths: HostPaths
  readonly statePaths: StatePaths
  readonly wishes: Wishes
}

export const nothingToDo = async () => null
