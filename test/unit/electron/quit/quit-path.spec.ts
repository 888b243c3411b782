import { beforeEach, describe, expect, it } from 'vitest'
import { QuitPath } from '../../../../electron/quit/quit-path.ts'

/** An application that keeps Electron's order: `quit` asks `before-quit`, `exit` does not. */
class FakeApp {
  readonly told: string[] = []
  quitPath: QuitPath | null = null
  isClosable = true

  quit(): void {
    let isHeld = false
    this.quitPath?.hold({
      preventDefault: () => {
        isHeld = true
      },
    })
    if (!isHeld && this.isClosable) this.told.push('gone')
  }
  exit(code?: number): void {
    this.told.push(`exit ${code}`)
  }
  releaseSingleInstanceLock(): void {
    this.told.push('lock released')
  }
}

let app: FakeApp
let stops: (number | undefined)[]
let hostEnds: () => void
let timers: { delayMs: number; run: () => void }[]
let quit: QuitPath
beforeEach(() => {
  app = new FakeApp()
  stops = []
  timers = []
  const ended = new Promise<void>((resolve) => {
    hostEnds = resolve
  })
  quit = new QuitPath({
    app,
    clock: {
      now: () => ({ mono: 0, wall: 0 }),
      after(delayMs, run) {
        const timer = { delayMs, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    stop(killAfterMs) {
      stops.push(killAfterMs)
      return ended
    },
  })
  app.quitPath = quit
})
const hostEnded = async () => {
  hostEnds()
  await new Promise((resolve) => setImmediate(resolve))
}
const limits = () => timers.map(({ delayMs }) => delayMs)

describe('the one way out', () => {
  it('holds a quit until the host has ended, then goes', async () => {
    app.quit()
    expect([quit.phase, app.told, stops]).toEqual(['stopping', [], [undefined]])
    await hostEnded()
    expect([quit.phase, app.told]).toEqual(['stopped', ['gone']])
  })

  it('stops the host once, however often and from wherever it is asked', async () => {
    quit.ask('signal')
    quit.ask('signal')
    app.quit()
    quit.ask('asked')
    expect(stops).toEqual([undefined])
    await hostEnded()
    quit.ask('signal')
    expect([stops, app.told]).toEqual([[undefined], ['gone']])
  })

  it('leaves after 14 s with a host that does not end', () => {
    quit.ask('asked')
    expect(limits()).toEqual([14_000])
    timers[0]?.run()
    expect(app.told).toEqual(['exit 1'])
  })

  it('is given 4 s by a shutdown of the system, 3 of them for the gateway', () => {
    quit.ask('shutdown')
    expect([stops, limits()]).toEqual([[3_000], [4_000]])
  })

  it('hurries a stop under way when the system shuts down, but not once more each time it says so', () => {
    quit.ask('asked')
    quit.ask('shutdown')
    quit.ask('shutdown')
    app.quit()
    expect([stops, limits()]).toEqual([[undefined, 3_000], [4_000]])
  })

  it('ends without asking again where something else prevents the quit', async () => {
    app.isClosable = false
    quit.ask('asked')
    await hostEnded()
    expect([app.told, limits()]).toEqual([[], [2_000]])
    timers[0]?.run()
    expect(app.told).toEqual(['exit 0'])
  })

  it('hands over to an update with the host ended and the lock free', async () => {
    quit.handOver(() => app.told.push('installed'))
    expect(app.told).toEqual([])
    await hostEnded()
    // Also an installer that never quits holds nothing for ever.
    expect([quit.phase, app.told, limits()]).toEqual(['stopped', ['lock released', 'installed'], [180_000]])
  })

  it('installs what waits for a quit of the owner’s, with the host ended and the lock free', async () => {
    let isDone = () => {}
    quit.installOnQuit(
      () =>
        new Promise((resolve) => {
          app.told.push('installing')
          isDone = resolve
        }),
    )
    app.quit()
    expect(app.told).toEqual([])
    await hostEnded()
    expect([app.told, limits()]).toEqual([['lock released', 'installing'], [180_000]])
    isDone()
    await new Promise((resolve) => setImmediate(resolve))
    expect([app.told, limits()]).toEqual([['lock released', 'installing', 'gone'], [2_000]])
  })

  it('does not hold up a shutdown of the system with an installation', async () => {
    quit.installOnQuit(() => new Promise(() => {}))
    app.quit()
    await hostEnded()
    expect(limits()).toEqual([180_000])
    quit.ask('shutdown')
    expect([app.told, limits()]).toEqual([['lock released'], [4_000]])
  })

  it('leaves with an installation that does not end', async () => {
    quit.installOnQuit(() => new Promise(() => {}))
    quit.ask('asked')
    await hostEnded()
    timers[0]?.run()
    expect(app.told).toEqual(['lock released', 'exit 0'])
  })

  it.each(['signal', 'shutdown'] as const)('has no time to install at a %s', async (reason) => {
    quit.installOnQuit(async () => void app.told.push('installed'))
    quit.ask(reason)
    await hostEnded()
    expect(app.told).toEqual(['gone'])
  })

  it('installs nothing that was taken back', async () => {
    quit.installOnQuit(async () => void app.told.push('installed'))
    quit.installOnQuit(null)
    quit.ask('asked')
    await hostEnded()
    expect(app.told).toEqual(['gone'])
  })

  it('installs nothing where the system shuts down or the owner has quit already', async () => {
    quit.ask('asked')
    expect(quit.handOver(() => app.told.push('installed'))).toBe(false)
    await hostEnded()
    expect(app.told).toEqual(['gone'])
  })

  it('installs nothing when the system shuts down meanwhile', async () => {
    quit.handOver(() => app.told.push('installed'))
    quit.ask('shutdown')
    await hostEnded()
    expect(app.told).toEqual(['gone'])
  })
})
