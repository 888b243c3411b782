import { describe, expect, it } from 'vitest'
import { chunkNumber, chunksOf, isSameChunk } from '../../../../../renderer/features/timeline/chunks.ts'
import { manyEntries } from '../../../../fixtures/scripted-states.ts'

describe('chunksOf', () => {
  const entries = manyEntries(350, 0)

  it('keeps every entry, in order, each chunk under a number of its own', () => {
    const chunks = chunksOf(entries)
    expect(chunks.flat()).toEqual(entries)
    expect(chunks.map((chunk) => chunkNumber(chunk[0]))).toEqual([3, 2, 1, 0])
  })

  it('changes one chunk only when an entry is added', () => {
    const [newest] = manyEntries(351, 0)
    const before = chunksOf(entries)
    const after = chunksOf(newest ? [newest, ...entries] : entries)
    expect(after.map((chunk, index) => isSameChunk(chunk, before[index] ?? []))).toEqual([
      false,
      true,
      true,
      true,
    ])
  })

  it('has no chunk without entries', () => {
    expect(chunksOf([])).toEqual([])
  })
})
