import { chmodSync, copyFileSync, lstatSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Builds kept besides the current one: hosts that still run from them load further parts and start their
 * gateway from there.
 */
const keptBuilds = 20

/**
 * Makes a finished build the current one. Each step replaces a name at once, so whoever is killed
 * between them, `dist/` always holds a whole build.
 */
export function publish({ root, dist, id }: { root: string; dist: string; id: string }): void {
  point(dist, 'current', join('builds', id))
  point(dist, 'app', join('current', 'app'))
  point(dist, 'renderer', join('current', 'renderer'))
  const launcher = join(dist, `.moltbot.${process.pid}`)
  copyFileSync(join(root, 'build/launch/moltbot'), launcher)
  chmodSync(launcher, 0o755)
  renameSync(launcher, join(dist, 'moltbot'))
  removeOldBuilds(dist)
}

function point(dist: string, name: string, target: string): void {
  const fresh = join(dist, `.${name}.${process.pid}`)
  rmSync(fresh, { force: true })
  symlinkSync(target, fresh)
  const link = join(dist, name)
  // A folder of that name comes from another tool's build; a link cannot be renamed over it.
  if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory()) rmSync(link, { recursive: true })
  renameSync(fresh, link)
}

function removeOldBuilds(dist: string): void {
  const folder = join(dist, 'builds')
  // The names begin with the time in base 36, so they sort by age.
  const old = readdirSync(folder)
    .sort()
    .slice(0, -(keptBuilds + 1))
  for (const name of old) rmSync(join(folder, name), { recursive: true, force: true })
}
