import { launcherBeside } from '../runtime/launcher-beside.ts'
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
  const program = hostProgram(nodePath, entry, env.CLAWDBOT_PROFILE)
  return platform === 'darwin' ? launchAgent({ home, program }) : xdgAutostart({ env, home, program })
}

function hostProgram(nodePath: string, entry: string, profile: string | undefined): LoginProgram {
  // A login has none of the variables that a profile stands for.
  const args = [...(profile ? ['--profile', profile] : []), 'host', '--no-open']
  const launcher = launcherBeside(entry)
  return launcher === null
    ? { file: nodePath, args: [entry, ...args], opens: 'host' }
    : { file: launcher, args, opens: 'host' }
}
