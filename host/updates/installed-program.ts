import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
})

const maxManifestBytes = 1024 * 1024

export type FoundProgram =
  | { readonly ok: true; readonly entry: string }
  | { readonly ok: false; readonly detail: string }

/**
 * The script that is the command of an installed package: the one that has the package's name, else the only
 * one. A file inside `folder` and no link out of it. `entry`: below `folder`.
 */
export async function findProgram(folder: string, name: string, version: string): Promise<FoundProgram> {
  const place = join('node_modules', name)
  try {
    const path = join(folder, place, 'package.json')
    if ((await stat(path)).size > maxManifestBytes) return lacks('its package.json is too large')
    const manifest = manifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    if (!manifest.success) return lacks('its package.json cannot be read')
    if (manifest.data.name !== name || manifest.data.version !== version) {
      return lacks(`it holds ${manifest.data.name} ${manifest.data.version}`)
    }
    const script = scriptOf(manifest.data.bin, name)
    if (script === null) return lacks('it has no command')
    const inside = normalize(script)
    if (isAbsolute(inside) || inside.startsWith('..')) return lacks('its command lies outside of it')
    const entry = join(place, inside)
    const [real, root] = await Promise.all([realpath(join(folder, entry)), realpath(join(folder, place))])
    if (!real.startsWith(root + sep)) return lacks('its command lies outside of it')
    return (await stat(real)).isFile() ? { ok: true, entry } : lacks('its command is no file')
  } catch (error) {
    return lacks((error as NodeJS.ErrnoException).code ?? 'its package.json is not JSON')
  }
}

function scriptOf(bin: z.infer<typeof manifestSchema>['bin'], name: string): string | null {
  if (typeof bin === 'string') return bin
  const commands = bin ?? {}
  const own = name.split('/').at(-1) ?? name
  if (Object.hasOwn(commands, own)) return commands[own] ?? null
  const [first, ...others] = Object.values(commands)
  return others.length === 0 ? (first ?? null) : null
}

function lacks(detail: string): FoundProgram {
  return { ok: false, detail }
}
