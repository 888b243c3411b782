import type { App } from 'electron'
import type { Clock } from '../../host/clock.ts'

export type QuitPhase = 'running' | 'stopping' | 'stopped'
export type QuitReason = 'asked' | 'signal' | 'shutdown' | 'update'

/** The host ends a gateway by force after 5 s, or 12 s for one from npm. */
const limitMs = 14_000
/** An operating system that shuts down waits about 5 s. */
const shutdownLimitMs = 4_000
const shutdownKillAfterMs = 3_000
/** Windows close at once; a quit that something else prevents ends without asking again. */
const closeLimitMs = 2_000
/** A large file is copied and a package manager may ask for a password; then the owner's word to quit holds. */
const installLimitMs = 180_000

interface QuitParts {
  readonly app: Pick<App, 'quit' | 'exit' | 'releaseSingleInstanceLock'>
  readonly clock: Clock
  /** Ends the host and all it started, in less time where `killAfterMs` says so, also when asked again. */
  stop(killAfterMs?: number): Promise<void>
}

/** What an updater may ask of the way out. */
export type Leaving = Pick<QuitPath, 'handOver' | 'installOnQuit'>

/**
 * The one way out, whoever asks:
 *
 *   running ──ask──▶ stopping ──host has ended──▶ stopped ──▶ what waits is installed ──▶ app.quit()
 *                        └──time is over──▶ app.exit(): the host's watchdog ends the gateway
 */
export class QuitPath {
  readonly #parts: QuitParts
  #phase: QuitPhase = 'running'
  #isShutdown = false
  #isAsked = false
  #install: (() => void) | null = null
  #installOnQuit: (() => Promise<void>) | null = null
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
    // What is being installed may be cut off at any moment.
    if (this.#phase === 'stopped' && isShutdown) this.#limit(shutdownLimitMs, 0)
    if (this.#phase === 'stopped' || (this.#phase === 'stopping' && !isShutdown)) return
    this.#phase = 'stopping'
    this.#isAsked = reason === 'asked'
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
   * Where a quit is under way already, nothing is installed; the answer is false then.
   */
  handOver(install: () => void): boolean {
    if (this.#phase !== 'running') return false
    this.#install = install
    this.ask('update')
    return true
  }

  /**
   * Has `install`, which never rejects, run when the owner next quits, once the host has ended and the lock is
   * free; null takes that back. Who quits by a signal or because the system shuts down has no time for it.
   */
  installOnQuit(install: (() => Promise<void>) | null): void {
    this.#installOnQuit = install
  }

  #leave(): void {
    if (this.#phase === 'stopped') return
    const { app } = this.#parts
    this.#phase = 'stopped'
    if (this.#install) {
      this.#limit(installLimitMs, 0)
      app.releaseSingleInstanceLock()
      return this.#install() // quits by itself
    }
    if (this.#installOnQuit && this.#isAsked) {
      this.#limit(installLimitMs, 0)
      app.releaseSingleInstanceLock()
      void this.#installOnQuit().then(() => this.#close())
    } else this.#close()
  }

  #close(): void {
    this.#limit(closeLimitMs, 0)
    this.#parts.app.quit()
  }

  #limit(delayMs: number, code: number): void {
    this.#cancelLimit()
    this.#cancelLimit = this.#parts.clock.after(delayMs, () => this.#parts.app.exit(code))
  }
}
