import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { executableName } from './configuration.ts'
import { filesBelow } from './files-below.ts'
import type { Finding } from './finding.ts'
import { wrongFuses } from './fuses.ts'
import { importedPackages } from './imported-packages.ts'
import { inspectArchive } from './inspect-archive.ts'
import { packagePlaces } from './package-places.ts'
import { readProgramTarget } from './program-target.ts'
import { isSameTarget, type Target } from './target.ts'
import { wrongFiles } from './wrong-files.ts'

const megabyte = 1024 * 1024
/** More than this, without Electron itself, means that something got in. */
const limits = { archive: 8 * megabyte, resources: 190 * megabyte }

/** Everything about an unpacked package that can be seen without running it. `root`: of the repository. */
export async function inspectPackage(app: string, target: Target, root: string): Promise<Finding[]> {
  const { resources, fused } = packagePlaces(app, target)
  const files = filesBelow(resources)
  const wrongFuseNames = await wrongFuses(fused).catch((error: Error) => [error.message])
  return [
    { check: 'files and modes', facts: `${files.length} files`, wrong: wrongFiles(resources, target) },
    inspectArchive(join(resources, 'app.asar')),
    importedPackages(resources, files),
    ...(target.platform === 'linux' ? [electronFiles(app)] : []),
    { check: 'fuses', facts: 'nine, read from the program', wrong: wrongFuseNames },
    nativeParts(resources, files, target),
    sizes(resources, files),
    buildPlaces(resources, files, root),
  ]
}

/** Electron's own files on Linux: with its licences, its programs alone executable, and the languages that we speak. */
function electronFiles(app: string): Finding {
  const files = filesBelow(app).filter((file) => !file.startsWith('resources/'))
  const needed = [executableName, 'chrome-sandbox', 'LICENSE.electron.txt', 'LICENSES.chromium.html']
  const wrong = needed.filter((file) => !files.includes(file)).map((file) => `${file} is missing.`)
  for (const file of files) {
    const { mode } = lstatSync(join(app, file))
    const isProgram = file === executableName || /^chrome[-_]\w+$|\.so(\.\d+)*$/.test(file)
    if (['version', 'electron', 'LICENSE'].includes(file)) wrong.push(`${file} has no business here.`)
    if (/^locales\/(?!en-|zh-)/.test(file))
      wrong.push(`${file} is for a language that the pages do not have.`)
    if (!isProgram && (mode & 0o111) !== 0) wrong.push(`${file} is executable.`)
    if ((mode & 0o7022) !== 0) wrong.push(`${file} has mode ${(mode & 0o7777).toString(8)}.`)
  }
  return { check: 'Electron’s files', facts: `${files.length} files`, wrong }
}

function nativeParts(resources: string, files: readonly string[], target: Target): Finding {
  const native = files.filter((file) => file === 'node' || /\.node$|spawn-helper$/.test(file))
  const wrong = native
    .filter((file) => !isSameTarget(target, readProgramTarget(join(resources, file))))
    .map((file) => `${file} was compiled for something else.`)
  return { check: 'compiled for it', facts: native.join(', '), wrong }
}

function sizes(resources: string, files: readonly string[]): Finding {
  const bytes = (path: string) => lstatSync(join(resources, path)).size
  const all = files.reduce((sum, file) => sum + bytes(file), 0)
  const inArchive = bytes('app.asar')
  const wrong: string[] = []
  if (all > limits.resources) wrong.push(`The resources have more than ${limits.resources / megabyte} MiB.`)
  if (inArchive > limits.archive) wrong.push(`The archive has more than ${limits.archive / megabyte} MiB.`)
  const inMiB = (size: number) => `${(size / megabyte).toFixed(1)} MiB`
  return { check: 'size', facts: `archive ${inMiB(inArchive)}, resources ${inMiB(all)}`, wrong }
}

/** A path of the building machine in a package tells about its owner, and means that something is looked for there. */
function buildPlaces(resources: string, files: readonly string[], root: string): Finding {
  const mark = Buffer.from(`${root}/`)
  const wrong = files
    .filter((file) => file !== 'node' && readFileSync(join(resources, file)).includes(mark))
    .map((file) => `${file} names a folder of this machine.`)
  return { check: 'no path of this machine', facts: 'every byte', wrong }
}
