import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { showDownload } from '../../../../build/desktop/show-download.ts'

let written: string
const write = (text: string) => {
  written += text
}
beforeEach(() => {
  vi.useFakeTimers()
  written = ''
})
afterEach(() => {
  vi.useRealTimers()
})

it('writes one line over and over on a terminal, and takes it away at the end', () => {
  const download = showDownload('Electron 45.4.1', { write, isTTY: true })
  download.progressed(5.5 * 1024 * 1024, 110 * 1024 * 1024)
  vi.advanceTimersByTime(200)
  expect(written).not.toContain('\n')
  expect(written.split('\r\u001b[K').at(-1)).toBe('Downloading Electron 45.4.1: 5.5 MB of 110 MB (5%)')
  download.end()
  expect(written.endsWith('\r\u001b[K')).toBe(true)
  const all = written
  vi.advanceTimersByTime(60_000)
  expect(written).toBe(all)
})

it('writes a line every few seconds elsewhere', () => {
  const download = showDownload('Electron 45.4.1', { write })
  download.progressed(1024 * 1024, null)
  vi.advanceTimersByTime(10_000)
  download.end()
  expect(written.trimEnd().split('\n')).toEqual([
    'Downloading Electron 45.4.1: asking for it',
    'Downloading Electron 45.4.1: 1.0 MB',
    'Downloading Electron 45.4.1: 1.0 MB',
  ])
})
