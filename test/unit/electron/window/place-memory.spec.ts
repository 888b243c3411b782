import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openPlaceMemory } from '../../../../electron/window/place-memory.ts'

const place = { x: 10, y: 20, width: 900, height: 600, isMaximized: true }
let folder: string
let path: string
let due: (() => void)[]
const clock = {
  after(_delayMs: number, run: () => void) {
    due.push(run)
    return () => {
      due = due.filter((other) => other !== run)
    }
  },
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-place-'))
  path = join(folder, 'window-state.json')
  due = []
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

describe("the window's place", () => {
  it('is remembered by the next start', async () => {
    const memory = await openPlaceMemory(path, clock)
    expect(memory.place).toBeNull()
    memory.keep(place)
    await memory.flush()
    expect((await openPlaceMemory(path, clock)).place).toEqual(place)
  })

  it('is written once for a whole drag', async () => {
    const memory = await openPlaceMemory(path, clock)
    for (let x = 0; x < 100; x++) memory.keep({ ...place, x })
    expect(await readdir(folder)).toEqual([])
    expect(due).toHaveLength(1)
    await memory.flush()
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ ...place, x: 99 })
    expect(due).toEqual([])
  })

  it('that has not changed is not written again', async () => {
    const memory = await openPlaceMemory(path, clock)
    memory.keep(place)
    await memory.flush()
    await rm(path)
    memory.keep({ ...place })
    await memory.flush()
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['no JSON', '{"x": 1,'],
    ['nothing', ''],
    ['other names', '{"x":1,"y":1,"width":5,"height":5,"isMaximized":false,"preload":"/tmp/x.js"}'],
    ['no numbers', '{"x":null,"y":1,"width":5,"height":5,"isMaximized":false}'],
    ['no size', '{"x":1,"y":1,"width":-5,"height":5,"isMaximized":false}'],
    ['no such number', '{"x":1e999,"y":1,"width":5,"height":5,"isMaximized":false}'],
  ])('of a file with %s is not used, and the file is kept aside', async (_name, text) => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await writeFile(path, text)
    const memory = await openPlaceMemory(path, clock)
    expect(memory.place).toBeNull()
    const [kept = '', ...others] = await readdir(folder)
    expect([kept.startsWith('window-state.json.unreadable-'), others]).toEqual([true, []])
    expect(await readFile(join(folder, kept), 'utf8')).toBe(text)
    expect(String(said.mock.calls[0]?.[0])).toContain(kept)
    memory.keep(place)
    await memory.flush()
    expect((await openPlaceMemory(path, clock)).place).toEqual(place)
  })

  it('that cannot be written costs nothing else', async () => {
    const memory = await openPlaceMemory(join(folder, 'gone', 'window-state.json'), clock)
    memory.keep(place)
    await memory.flush()
    expect(memory.place).toEqual(place)
  })
})
