import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { RecordFile } from '../../../../host/records/record-file.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moltbot-record-'))
  path = join(folder, 'record.json')
})
afterEach(() => rm(folder, { recursive: true }))

describe('a record file', () => {
  const open = () => new RecordFile(path, z.object({ n: z.number() }))

  it('gives back what was written, and is readable by its owner alone', async () => {
    expect(await open().read()).toEqual({ kind: 'absent' })
    await open().write({ n: 1 })
    expect(await open().read()).toEqual({ kind: 'found', value: { n: 1 } })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('keeps the order of writes that overlap, and leaves no temporary file', async () => {
    const file = open()
    await Promise.all([1, 2, 3, 4, 5].map((n) => file.write({ n })))
    expect(await file.read()).toEqual({ kind: 'found', value: { n: 5 } })
    expect(await readdir(folder)).toEqual(['record.json'])
  })

  it.each(['', '{', 'null', '{"n":"1"}', '\0\0\0'])(
    'sets %j aside whole, and uses nothing of it',
    async (text) => {
      await writeFile(path, text)
      const found = await open().read()
      if (found.kind !== 'setAside') throw new Error(found.kind)
      expect(await readFile(found.keptAt, 'utf8')).toBe(text)
      expect(await open().read()).toEqual({ kind: 'absent' })
    },
  )

  it('sets aside what is no file at all', async () => {
    await mkdir(path)
    const found = await open().read()
    if (found.kind !== 'setAside') throw new Error(found.kind)
    expect((await stat(found.keptAt)).isDirectory()).toBe(true)
    await open().write({ n: 1 })
    expect(await open().read()).toEqual({ kind: 'found', value: { n: 1 } })
  })
})
