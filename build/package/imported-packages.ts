import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import type { Finding } from './finding.ts'
import { plainPackages } from './native-packages.ts'

/** A package that was neither bundled nor packed is missed only when somebody first uses what needs it. */
export function importedPackages(resources: string, files: readonly string[]): Finding {
  const asar = join(resources, 'app.asar')
  const inside = listPackage(asar, { isPack: false }).map((name) => name.slice(1))
  const scripts = [
    ...inside
      .filter(isScript)
      .map((name) => ({ name, text: extractFile(asar, name).toString(), given: ['electron'] })),
    ...files
      .filter((name) => name.startsWith('app/') && isScript(name))
      .map((name) => ({ name, text: readFileSync(join(resources, name), 'utf8'), given: [] })),
  ]
  const wrong = scripts.flatMap(({ name, text, given }) => {
    const known = new Set<string>([...given, ...plainPackages])
    return packagesIn(text)
      .filter((wanted) => !isBuiltin(wanted) && !known.has(wanted))
      .map((wanted) => `${name} needs ${wanted}, which is not in the package.`)
  })
  return { check: 'imports', facts: `${scripts.length} scripts need nothing else`, wrong }
}

const isScript = (name: string) => /\.[cm]js$/.test(name)

/** Names of packages that a bundled script imports or requires. */
function packagesIn(script: string): string[] {
  const imports = /^(?:import|export)\b[^'"`\n]*?["']([^"'.\n][^"'\n]*)["'];?$/gm
  const calls = /(?:\bimport|\brequire(?:\$\d+)?|__require)\(["']([a-z@][^"'\s]*)["']\)/g
  const named = [...script.matchAll(imports), ...script.matchAll(calls)].map(([, name = '']) => name)
  return [...new Set(named.map((name) => (name.startsWith('node:') ? name : packageName(name))))]
}

function packageName(name: string): string {
  const [first = '', second = ''] = name.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
