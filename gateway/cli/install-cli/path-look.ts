import { readFileSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { isCommand } from '../../../host/files/is-command.ts'
import { shellQuoted } from '../completion/shell-quoting.ts'
import { linkName } from './cli-link.ts'

export interface PathLook {
  readonly isOnPath: boolean
  /** Another command of the name that a shell would find instead; null where it finds the link, or nothing. */
  readonly shadowedBy: OtherCommand | null
}
export interface OtherCommand {
  readonly path: string
  /** The npm package that it belongs to, as its `package.json` says; null where it belongs to none. */
  readonly package: string | null
  readonly version: string | null
}

/** What a shell with this PATH makes of `moltbot`, once `link` is there. Starts nothing. */
export function lookOnPath(link: string, path: string | undefined): PathLook {
  const own = realOf(link)
  const folder = realOf(dirname(link))
  const folders = (path ?? '').split(delimiter).filter((at) => at.startsWith('/'))
  const place = folders.findIndex((at) => realOf(at) === folder)
  const ahead = place === -1 ? folders : folders.slice(0, place)
  const first = ahead.map((at) => join(at, linkName)).find(isCommand)
  const isOther = first !== undefined && realOf(first) !== own
  return { isOnPath: place !== -1, shadowedBy: isOther ? { path: first, ...packageOf(first) } : null }
}

/** Of the nearest folder above it that is a package; a script lies a few folders deep in its own. */
function packageOf(file: string): Pick<OtherCommand, 'package' | 'version'> {
  let at = dirname(realOf(file))
  for (let step = 0; step < 4 && at !== dirname(at); step += 1) {
    try {
      const { name, version }: { name?: unknown; version?: unknown } = JSON.parse(
        readFileSync(join(at, 'package.json'), 'utf8'),
      )
      if (typeof name === 'string' && typeof version === 'string') return { package: name, version }
    } catch {
      // no package, or none that can be read
    }
    at = dirname(at)
  }
  return { package: null, version: null }
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** The line that puts `folder` on the PATH of the shell that its owner signs in to. */
export function pathLine(folder: string, home: string, shell: string | undefined, platform: string): string {
  const quoted = (text: string) => text.replace(/[\\"$`]/g, '\\$&')
  const shown = folder.startsWith(`${home}/`) ? `$HOME${quoted(folder.slice(home.length))}` : quoted(folder)
  const name = basename(shell ?? '')
  if (name === 'fish') return `fish_add_path "${shown}"`
  const line = `export PATH="${shown}:$PATH"`
  const file = { zsh: '~/.zshrc', bash: platform === 'darwin' ? '~/.bash_profile' : '~/.bashrc' }[name]
  return `echo ${shellQuoted(line)} >> ${file ?? '~/.profile'}`
}
