import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, protocol } from 'electron'
import { installCrashPolicy } from '../../host/crash-policy.ts'
import { keepMemorySmall } from '../../host/memory-policy.ts'
import { saySentence } from '../../host/terminal.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import { pageScheme } from '../page-address.ts'
import { secondStart } from './second-start.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'

/** With the suffix, as `desktopName` of package.json: the name of the installed desktop entry. */
const desktopName = 'bot.molt.MoltbotDesktop.desktop'

/**
 * All that has to be said before Electron is ready, synchronously and in this order. Null where this
 * process ends instead: wrong options, or another instance runs.
 */
export function beforeReady(): StartOptions | null {
  installCrashPolicy()
  keepMemorySmall()
  const options = readStartOptions(process.argv.slice(1))
  if (!options.ok) return end(options.detail, exitCode.wrongUsage)
  app.setName('Moltbot')
  if (process.platform === 'linux') app.setDesktopName(desktopName)
  const userData = userDataFolder(process.env)
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 }) // `setPath` throws where there is no folder
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return end(
      `The folder ${userData} cannot be made (${code}). Make it, or its disk, writable.`,
      exitCode.failed,
    )
  }
  app.setPath('userData', userData)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
  // The lock's place is userData, so it comes after it. The instance that has it shows its window.
  if (!app.requestSingleInstanceLock(secondStart(options.value))) {
    // With the lock's place: one that a power cut left on a computer renamed since may be refused for good.
    return end(`Moltbot runs already; its lock is ${join(userData, 'SingletonLock')}.`, exitCode.done)
  }
  return options.value
}

/** Apart from the host's own folder, whose lock a headless host may hold. */
function userDataFolder(env: NodeJS.ProcessEnv): string {
  const hostDir = env.MOLTBOT_HOST_DIR
  return hostDir ? resolve(hostDir, 'shell') : join(app.getPath('appData'), 'moltbot-desktop', 'shell')
}

function end(why: string | null, code: number): null {
  if (why !== null) saySentence(why)
  app.exit(code)
  return null
}
