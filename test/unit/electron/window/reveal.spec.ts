import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import { revealWhenReady } from '../../../../electron/window/reveal.ts'

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter()
  isGone = false
  isDestroyed(): boolean {
    return this.isGone
  }
}

let window: FakeWindow
let shown: number
let late: (() => void) | null
beforeEach(() => {
  window = new FakeWindow()
  shown = 0
  late = null
  const clock = {
    after(delayMs: number, run: () => void) {
      expect(delayMs).toBe(2_000)
      late = run
      return () => {
        late = null
      }
    },
  }
  // The emitters stand for the few members that are used.
  revealWhenReady(window as unknown as Parameters<typeof revealWhenReady>[0], clock, () => shown++)
})

describe('a window that opens hidden', () => {
  it.each(['ready-to-show', 'did-finish-load', 'time'])('shows by %s alone, and once', (first) => {
    if (first === 'time') late?.()
    else (first === 'ready-to-show' ? window : window.webContents).emit(first)
    expect(shown).toBe(1)
    window.emit('ready-to-show')
    window.webContents.emit('did-finish-load')
    late?.()
    expect(shown).toBe(1)
  })

  it('that was closed before is left alone', () => {
    window.isGone = true
    window.emit('closed')
    expect(late).toBeNull()
    window.webContents.emit('did-finish-load')
    expect(shown).toBe(0)
  })
})
