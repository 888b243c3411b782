import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastingPath } from '../gateway-service/service-program.ts'
import { launchAgent } from './launch-agent.ts'
import type { LoginItem } from './login-item.ts'
import type { LoginProgram } from './login-program.ts'
import { xdgAutostart } from './xdg-autostart.ts'

interface HostLoginItemParts {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly platform: string
  readonly nodePath: string
  /** The script behind the `moltbot` command, by its real path. */
  readonly entry: string
}

/** The login item of a host without a window: `moltbot host --no-open`, by a path that stays true after the next build. */
export function hostLoginItem({ env, home, platform, nodePath, entry }: HostLoginItemParts): LoginItem {
  const program = hostProgram(nodePath, entry)
  return platform === 'darwin' ? launchAgent({ home, program }) : xdgAutostart({ env, home, program })
}

function hostProgram(nodePath: string, entry: string): LoginProgram {
  const args = ['host', '--no-open']
  const launcher = launcherBeside(entry)
  return launcher === null
    ? { file: nodePath, args: [entry, ...args], opens: 'host' }
    : { file: launcher, args, opens: 'host' }
}

/** `dist/moltbot` for `dist/builds/<id>/app/moltbot.mjs`, or the launcher beside `app/` of a package. */
function launcherBeside(entry: string): string | null {
  const [, dist] = /^(.*\/dist)\/builds\/[^/]+\/app\/[^/]+$/.exec(entry) ?? []
  const launcher = join(dist ?? dirname(dirname(entry)), 'moltbot')
  return existsSync(launcher) ? lastingPath(launcher) : null
}
