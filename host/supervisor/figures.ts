/** Every time and count the supervisor decides by, in ms unless the name says otherwise. */
export interface SupervisorFigures {
  readonly slowStartMs: number
  readonly stuckStartMs: number
  readonly probeFirstMs: number
  readonly probeSlowestMs: number
  readonly probeEveryMs: number
  readonly probeLimitMs: number
  readonly missesUntilDegraded: number
  readonly hungAfterMs: number
  readonly startGraceMs: number
  readonly wakeGraceMs: number
  /** A later tick than this, on either clock, means that the machine or this process slept. */
  readonly sleepGapMs: number
  readonly killAfterMs: number
  readonly backOffMs: readonly number[]
  /** Share by which a delay may be longer or shorter. */
  readonly jitter: number
  readonly healthyAfterMs: number
  readonly crashLoopExits: number
  readonly crashLoopWindowMs: number
  /** How often a failed supervisor looks whether the port or the configuration has changed. */
  readonly obstacleEveryMs: number
}

export const figures: SupervisorFigures = {
  slowStartMs: 30_000,
  stuckStartMs: 90_000,
  probeFirstMs: 20,
  probeSlowestMs: 1_000,
  probeEveryMs: 2_000,
  probeLimitMs: 1_000,
  missesUntilDegraded: 3,
  hungAfterMs: 15_000,
  startGraceMs: 60_000,
  wakeGraceMs: 20_000,
  sleepGapMs: 5_000,
  killAfterMs: 5_000,
  backOffMs: [0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000],
  jitter: 0.2,
  healthyAfterMs: 600_000,
  crashLoopExits: 5,
  crashLoopWindowMs: 120_000,
  obstacleEveryMs: 2_000,
}

/** For a Moltbot from npm: it is slower to close, and busy for longer without an answer. */
export function packageFigures(own: SupervisorFigures): SupervisorFigures {
  return { ...own, hungAfterMs: 90_000, killAfterMs: 12_000 }
}
