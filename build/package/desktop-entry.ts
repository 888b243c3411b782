import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { AfterPackContext } from 'electron-builder'
import { builderLibrary } from './builder-library.ts'
import type { Finding } from './finding.ts'

const run = promisify(execFile)

/** What electron-builder writes for a deb's menu entry, as it would then. */
export async function desktopEntryOf({ packager }: AfterPackContext): Promise<string> {
  const { LinuxTargetHelper } = builderLibrary('app-builder-lib/out/targets/LinuxTargetHelper.js')
  return new LinuxTargetHelper(packager).computeDesktopEntry(packager.config.linux)
}

/** By freedesktop's own validator, where it is installed; and for what ties window and entry together. */
export async function checkDesktopEntry(text: string): Promise<Finding> {
  const check = 'desktop entry'
  const wanted = [
    'Name=Moltbot Desktop',
    'Name[zh_CN]=',
    'Comment=',
    'Comment[zh_CN]=',
    'Exec=/opt/moltbot-desktop/moltbot-desktop %U',
    'Icon=moltbot-desktop',
    'StartupWMClass=bot.molt.MoltbotDesktop',
    'Categories=Utility;',
  ]
  const wrong = wanted.filter((line) => !text.includes(`\n${line}`)).map((line) => `${line}… is missing.`)
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-entry-'))
  try {
    const path = join(folder, 'bot.molt.MoltbotDesktop.desktop')
    await writeFile(path, text)
    const { stdout } = await run('desktop-file-validate', [path])
    return { check, facts: 'desktop-file-validate has nothing to say', wrong: said(stdout, wrong) }
  } catch (error) {
    const { code, stdout = '' } = error as { code?: unknown; stdout?: string }
    if (code === 'ENOENT')
      return { check, facts: 'desktop-file-validate (desktop-file-utils) is not installed', wrong }
    return { check, facts: '', wrong: said(stdout, wrong) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function said(output: string, wrong: readonly string[]): string[] {
  return [...wrong, ...output.split('\n').filter((line) => line !== '')]
}
