import { datedAccessLogName, datedLogName } from '../../host/config/log-path.ts'

/** What the files of one log are called, and how much of them is kept. */
export interface LogFamily {
  /** The name of a day's file. */
  readonly nameOf: (date: Date) => string
  /** A file of this size gives way to a new one. */
  readonly partBytes: number
  /** How many parts of a day that gave way are kept beside the newest; null where only `totalBytes` counts. */
  readonly keptParts: number | null
  /** All files of the log in its folder together; the oldest go first. */
  readonly totalBytes: number
}

const MiB = 1024 * 1024
export const keptDays = 7

export const gatewayLogFamily: LogFamily = {
  nameOf: datedLogName,
  partBytes: 64 * MiB,
  keptParts: null,
  totalBytes: 512 * MiB,
}

/** Two parts of 16 MiB a day: whoever floods it pushes out the day's oldest lines, and no other day's. */
export const accessLogFamily: LogFamily = {
  nameOf: datedAccessLogName,
  partBytes: 16 * MiB,
  keptParts: 1,
  totalBytes: keptDays * 32 * MiB,
}

/** A file that the configuration names is left to its owner's rotation until nobody has rotated it for long. */
export const namedLogBytes = 512 * MiB
