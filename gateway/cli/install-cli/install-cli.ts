import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expandHome } from '../../../host/config/state-paths.ts'
import { launcherBeside } from '../../../host/runtime/launcher-beside.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import type { InstallCliOptions } from '../commands/install-cli.ts'
import { completionPlaces } from '../completion/completion-places.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { linkName, makeCliLink } from './cli-link.ts'
import { lookOnPath, type PathLook, pathLine } from './path-look.ts'

/** Links `moltbot` into a folder of the owner's, and says what else is needed; resolves to the exit code. */
export async function installCli({ to, force, json }: InstallCliOptions): Promise<number> {
  const isJson = json === true
  const { env, platform } = process
  const home = homedir()
  const found = lastingLauncher(process.argv[1] ?? '', env)
  if (!found.ok) return failWith(problem('CLI_NO_LAUNCHER', { detail: found.detail }), isJson)
  const folder = expandHome(to ?? '~/.local/bin', home)
  const link = join(folder, linkName)
  const made = await makeCliLink(link, found.launcher, force === true)
  if (!made.ok) return failWith(made, isJson)
  const look = lookOnPath(link, env.PATH)
  const addLine = look.isOnPath ? null : pathLine(folder, home, env.SHELL, platform)
  if (isJson) {
    const { result, former } = made
    sayJson({
      ok: true,
      link,
      target: found.launcher,
      result,
      former,
      onPath: look.isOnPath,
      addLine,
      shadowedBy: look.shadowedBy,
    })
    return exitCode.done
  }
  sayLine(
    `${{ created: 'Linked', replaced: 'Linked', unchanged: 'Already linked' }[made.result]}: ${link} → ${found.launcher}`,
  )
  if (made.former !== null) sayLine(`What was there before: ${made.former}`)
  for (const line of adviceLines(look, folder, addLine)) sayLine(line)
  const isCompleted = Object.values(completionPlaces(env, home)).some((path) => existsSync(path))
  if (!isCompleted) sayLine('To have Tab complete it: moltbot completion install')
  return exitCode.done
}

function adviceLines({ shadowedBy }: PathLook, folder: string, addLine: string | null): string[] {
  const lines: string[] = []
  if (addLine !== null) {
    lines.push(`${folder} is not on your PATH. Run this once, then open a new terminal:`, `  ${addLine}`)
  }
  if (shadowedBy) {
    const { path, package: name, version } = shadowedBy
    const whose = name === null ? '' : ` (${name} ${version} from npm)`
    lines.push(`Your shell finds another one first: ${path}${whose}.`)
    lines.push(
      name === null
        ? `Put ${folder} ahead of it on your PATH, or remove it.`
        : `Put ${folder} ahead of it on your PATH, or remove it: npm uninstall -g ${name}`,
    )
  }
  return lines
}

type Launcher =
  | { readonly ok: true; readonly launcher: string }
  | { readonly ok: false; readonly detail: string }

/** The launcher of this copy of the program, by a path that outlives updates. */
export function lastingLauncher(script: string, env: NodeJS.ProcessEnv): Launcher {
  const entry = realpathSync(script)
  const launcher = launcherBeside(entry)
  if (launcher === null) return { ok: false, detail: `This runs from its sources, at ${entry}` }
  if (env.APPDIR && launcher.startsWith(`${env.APPDIR}/`)) {
    return { ok: false, detail: `${launcher} goes with the AppImage that it is in` }
  }
  return { ok: true, launcher }
}
