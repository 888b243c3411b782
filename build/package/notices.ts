import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
}

/**
 * The licences of all packages that a package of ours has parts of. npm has those of its own in its folder,
 * and Electron's and Chromium's are beside its program.
 */
export function thirdPartyNotices(root: string): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const locked = Object.entries(lock.packages as Record<string, LockedPackage>)
  const parts = locked.flatMap(([path, { version = '', license = '', dev, devOptional }]) => {
    const isOurs = path === '' || dev || devOptional || path.startsWith('node_modules/npm/')
    const folder = join(root, path)
    if (isOurs || !existsSync(folder)) return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return [`${name} ${version}\n${license}\n\n${licenceTexts(folder)}`]
  })
  // Not in its package here: only its platform's package has it, of which the program alone is installed.
  // Without what its licence says of npm: the program has none in it, and the npm beside it brings its own.
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'))
  parts.push(`Node.js ${version}\n\n${readFileSync(join(root, 'assets/licenses/node.txt'), 'utf8')}`)
  return `Moltbot Desktop has parts of the following packages.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`
}

function licenceTexts(folder: string): string {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .concat('')
    .join('\n\n')
}
