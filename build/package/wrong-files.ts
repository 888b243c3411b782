import { lstatSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { filesBelow } from './files-below.ts'
import { isExpected, requiredFiles } from './package-rules.ts'
import type { Target } from './target.ts'

/** What is wrong with the files in a package's resources, each as a sentence: missing, too many, or of a wrong mode. */
export function wrongFiles(resources: string, target: Target): string[] {
  const required = requiredFiles(target)
  const executables = new Set(required.filter(({ isExecutable }) => isExecutable).map(({ file }) => file))
  const present = filesBelow(resources)
  const missing = required
    .filter(({ file }) => !present.includes(file))
    .map(({ file }) => `${file} is missing.`)
  const others = present.flatMap((file) => {
    const found = lstatSync(join(resources, file))
    const mode = found.mode & 0o7777
    if (!found.isFile()) return [`${file} is no regular file.`]
    if (!isExpected(file, target)) return [`${file} has no business here.`]
    const wanted = executables.has(file) ? 0o755 : 0o644
    return mode === wanted
      ? []
      : [`${file} has mode ${mode.toString(8)} and should have ${wanted.toString(8)}.`]
  })
  return [...missing, ...others, ...(target.platform === 'linux' ? wrongFolders(resources) : [])]
}

function wrongFolders(resources: string): string[] {
  const entries = readdirSync(resources, { recursive: true, withFileTypes: true })
  return entries.flatMap((entry) => {
    if (!entry.isDirectory()) return []
    const path = join(entry.parentPath, entry.name)
    const mode = lstatSync(path).mode & 0o7777
    if (mode === 0o755) return []
    return [`${relative(resources, path)}/ has mode ${mode.toString(8)} and should have 755.`]
  })
}
