import type { App } from 'electron'
import type { Clock } from '../../host/clock.ts'

export type QuitPhase = 'running' | 'stopping' | 'stopped'
export type QuitReason = 'asked' | 'signal' | 'shutdown' | 'update'

/** The host ends a gateway by force after 5 s, or 12 s for a foreign one that no desktop starts yet. */
const limitMs = 9_000
/** An operating system that shuts down waits about 5 s. */
const shutdownLimitMs = 4_000
const shutdownKillAfterMs = 3_000
/** Windows close at once; a quit that something else prevents ends without asking again. */
const closeLimitMs = 2_000

interface QuitParts {
  readonly app: Pick<App, 'quit' | 'exit' | 'releaseSingleInstanceLock'>
  readonly clock: Clock
  /** Ends the host and all it started, in less time where `killAfterMs` says so, also when asked again. */
  stop(killAfterMs?: number): Promise<void>
}

/**
 * The one way out, whoever asks:
 *
 *   running ──ask──▶ stopping ──host has ended──▶ stopped ──▶ app.quit()
 *                        └──time is over──▶ app.exit(): the host's watchdog ends the gateway
 */
export class QuitPath {
  readonly #parts: QuitParts
  #phase: QuitPhase = 'running'
  #isShutdown = false
  #install: (() => void) | null = null
  #cancelLimit = () => {}

  constructor(parts: QuitParts) {
    this.#parts = parts
  }

  get phase(): QuitPhase {
    return this.#phase
  }

  /** Asked again, nothing changes, except that a shutdown of the system shortens the time. */
  ask(reason: QuitReason): void {
    const isShutdown = reason === 'shutdown' && !this.#isShutdown
    if (this.#phase === 'stopped' || (this.#phase === 'stopping' && !isShutdown)) return
    this.#phase = 'stopping'
    if (isShutdown) {
      this.#isShutdown = true
      this.#install = null // what begins now would be cut short
    }
    this.#limit(isShutdown ? shutdownLimitMs : limitMs, 1)
    void this.#parts.stop(isShutdown ? shutdownKillAfterMs : undefined).then(() => this.#leave())
  }

  /** For Electron's `before-quit`: holds the quit back until the host has ended. */
  hold(event: { preventDefault(): void }): void {
    if (this.#phase === 'stopped') return
    event.preventDefault()
    this.ask('asked')
  }

  /**
   * Quits for an update: the host ends first and the lock is free before `install` starts the new version.
   * Where a quit is under way already, nothing is installed.
   */
  handOver(install: () => void): void {
    if (this.#phase !== 'running') return
    this.#install = install
    this.ask('update')
  }

  #leave(): void {
    if (this.#phase === 'stopped') return
    const { app } = this.#parts
    this.#phase = 'stopped'
    if (this.#install) {
      this.#cancelLimit()
      app.releaseSingleInstanceLock()
      return this.#install() // quits by itself
    }
    this.#limit(closeLimitMs, 0)
    app.quit()
  }

  #limit(delayMs: number, code: number): void {
    this.#cancelLimit()
    this.#cancelLimit = this.#parts.clock.after(delayMs, () => this.#parts.app.exit(code))
  }
}
