import { mkdir, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { realPlace } from '../open-state-file.ts'
import type { StorePlace } from './store-places.ts'

/** The folder of a store without links; null where there is none, or where it lies outside of its root. */
export async function realSessionsFolder(place: StorePlace): Promise<string | null> {
  const folder = dirname(place.path)
  if (folder === place.root) return realpath(folder).catch(() => null)
  const real = await realPlace(folder, place.root)
  return real.kind === 'real' ? real.path : null
}

/** The same, made where it is missing; nothing is made behind a link that leads out of the root. */
export async function makeSessionsFolder(place: StorePlace): Promise<string | null> {
  const folder = dirname(place.path)
  if (folder !== place.root) {
    const nearest = await nearestThere(folder, place.root)
    if (nearest !== place.root && (await realPlace(nearest, place.root)).kind !== 'real') return null
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return realSessionsFolder(place)
}

async function nearestThere(folder: string, root: string): Promise<string> {
  let nearest = folder
  while (nearest !== root && !(await isThere(nearest))) nearest = dirname(nearest)
  return nearest
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
