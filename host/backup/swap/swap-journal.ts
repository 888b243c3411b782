import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { syncFolder, writeFileAtomically } from '../../files/atomic-write.ts'
import type { SwapPlaces } from './swap-places.ts'

export const keptPrefix = '.moltbot-before-'
/** In a kept state: what was put in its place, so that it can come back. */
export const keptNoteName = '.moltbot-kept.json'
export const keptConfigName = '.moltbot-kept-config'

const topName = z
  .string()
  .min(1)
  .refine((name) => !name.includes('/') && name !== '.' && name !== '..')
const externalSchema = z.strictObject({
  path: z.string(),
  /** There was a file before. */
  wasThere: z.boolean(),
})
const common = {
  format: z.literal(1),
  /** Of the folder in the state folder that has, or had, the former state. */
  kept: topName.refine((name) => name.startsWith(keptPrefix)),
  external: externalSchema.nullable(),
}
export const keptNoteSchema = z.strictObject({
  ...common,
  replaces: z.enum(['all', 'listed']),
  /** Uppermost names that came from the backup. */
  put: z.array(topName),
})
export const journalSchema = z.discriminatedUnion('way', [
  /** The new state is coming in: `moved` go to the kept state, then `put` take their places. */
  z.strictObject({ ...common, way: z.literal('in'), moved: z.array(topName), put: z.array(topName) }),
  /** The former state is coming back: `removed` go away, then `returned` take their places. */
  z.strictObject({
    ...common,
    way: z.literal('back'),
    removed: z.array(topName),
    returned: z.array(topName),
  }),
])

export type KeptNote = z.infer<typeof keptNoteSchema>
export type Journal = z.infer<typeof journalSchema>
export type JournalOf<Way extends Journal['way']> = Extract<Journal, { way: Way }>

/** From here on an interruption leaves something to finish or to undo. */
export async function openJournal(
  { stateDir, restore, journal }: SwapPlaces,
  content: Journal,
): Promise<void> {
  await mkdir(restore, { recursive: true, mode: 0o700 })
  await syncFolder(stateDir)
  await writeFileAtomically(journal, JSON.stringify(content))
}

/** From here on the swap is through; what is left is rubbish. */
export async function closeJournal({ restore, journal, done }: SwapPlaces): Promise<void> {
  await rename(journal, done)
  await syncFolder(restore)
}

/** The former state is in place: from here on what lies ready is rubbish, and must not be told from what came in. */
export async function dropJournal({ restore, journal }: SwapPlaces): Promise<void> {
  await rm(journal, { force: true })
  await syncFolder(restore)
}

/** Null where there is none. Rejects where it cannot be read or understood: then nothing may be touched. */
export async function readJournal(path: string): Promise<Journal | null> {
  const text = await readText(path)
  return text === null ? null : journalSchema.parse(JSON.parse(text))
}

export async function readKeptNote(kept: string): Promise<KeptNote | null> {
  const text = await readText(join(kept, keptNoteName))
  return text === null ? null : keptNoteSchema.parse(JSON.parse(text))
}

/** Removes what a swap that is through or undone has left. The journal must be closed or dropped before. */
export async function tidyUp({ stateDir, restore, staged, discarded, done }: SwapPlaces): Promise<void> {
  for (const folder of [staged, discarded]) await rm(folder, { recursive: true, force: true })
  await rm(done, { force: true })
  await rm(restore, { recursive: true, force: true })
  await syncFolder(stateDir)
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
