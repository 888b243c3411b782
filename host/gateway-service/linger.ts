import { userInfo } from 'node:os'
import { runTool } from './run-tool.ts'

/** Whether systemd runs this user's services without a login; null where logind does not say. */
export async function readLinger(env: NodeJS.ProcessEnv): Promise<boolean | null> {
  const { username } = userInfo()
  const shown = await runTool('loginctl', ['show-user', username, '-p', 'Linger'], { env, limitMs: 2_000 })
  if (!shown.ok) return null
  const said = /^Linger=(yes|no)$/m.exec(shown.stdout)?.[1]
  return said === undefined ? null : said === 'yes'
}
