/** Limits of what is asked, downloaded and tried; another machine's bytes are never waited for without end. */
export interface UpdateFigures {
  readonly askLimitMs: number
  readonly maxAnswerBytes: number
  /** Of a program that is run for the registry: an endless answer must not take the machine's memory. */
  readonly maxMemoryBytes: number
  readonly installLimitMs: number
  /** From when on an installation that writes nothing is given up. */
  readonly stallMs: number
  readonly lookEveryMs: number
  readonly maxInstallBytes: number
  /** Stays free on the disk, whatever is installed. */
  readonly keepFreeBytes: number
  readonly versionLimitMs: number
  /** A gateway that is not well by then has the former one back. */
  readonly healthLimitMs: number
  /** The same for one from a package: the first start of one that is read from a cold disk takes its time. */
  readonly packageHealthLimitMs: number
  /** Asked a second time after this: one that answers once and dies is not well. */
  readonly settleMs: number
  /** npm's own further tries, each after up to so many ms. */
  readonly fetchRetries: number
  readonly fetchRetryMs: number
  readonly fetchLimitMs: number
}

const mebibyte = 1024 * 1024

export const updateFigures: UpdateFigures = {
  askLimitMs: 30_000,
  maxAnswerBytes: 2 * mebibyte,
  maxMemoryBytes: 2048 * mebibyte,
  installLimitMs: 20 * 60_000,
  stallMs: 120_000,
  lookEveryMs: 2_000,
  maxInstallBytes: 3 * 1024 * mebibyte,
  keepFreeBytes: 500 * mebibyte,
  versionLimitMs: 60_000,
  healthLimitMs: 60_000,
  packageHealthLimitMs: 120_000,
  settleMs: 2_000,
  fetchRetries: 2,
  fetchRetryMs: 5_000,
  fetchLimitMs: 60_000,
}
