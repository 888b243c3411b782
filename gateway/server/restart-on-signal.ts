import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { Logger } from '../log/logger.ts'
import type { LiveConfig } from '../reload/live-config.ts'
import type { Lives } from './lives.ts'

/** SIGUSR1 restarts in process, as in Moltbot, where the owner allows it. Without a listener, Node would open its inspector. */
export function restartOnSignal(
  lives: Pick<Lives, 'restart'>,
  config: Pick<LiveConfig, 'current'>,
  logger: Pick<Logger, 'warn'>,
): void {
  process.on('SIGUSR1', () => {
    if (mayRestart(config.current())) return void lives.restart('SIGUSR1', config.current())
    logger.warn('SIGUSR1 is ignored: set commands.restart to true, or use "moltbot gateway restart"')
  })
}

function mayRestart({ config: { commands } }: LoadedConfig): boolean {
  return (
    typeof commands === 'object' && commands !== null && 'restart' in commands && commands.restart === true
  )
}
