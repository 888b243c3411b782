import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { builderLibrary } from './builder-library.ts'

export interface DebScripts {
  readonly afterInstall: string
  readonly afterRemove: string
}

/**
 * electron-builder's own scripts (sandbox, AppArmor profile, menus), and after them ours, which put `moltbot`
 * on the PATH. It fills in the names in `${…}` when it reads them.
 */
export function writeDebScripts(root: string, folder: string): DebScripts {
  const builder = dirname(builderLibrary.resolve('app-builder-lib/package.json'))
  mkdirSync(folder, { recursive: true })
  const write = (theirs: string, ours: string) => {
    const path = join(folder, ours)
    const text = [join(builder, 'templates/linux', theirs), join(root, 'assets/linux', ours)]
      .map((part) => readFileSync(part, 'utf8').trimEnd())
      .join('\n')
    writeFileSync(path, `${text}\n`)
    return path
  }
  return {
    afterInstall: write('after-install.tpl', 'link-command.sh'),
    afterRemove: write('after-remove.tpl', 'unlink-command.sh'),
  }
}
