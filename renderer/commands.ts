import { createContext, use } from 'react'
import type { BackupCommands } from './features/backups/backup-commands.ts'
import type { CheckCommands } from './features/health/check-commands.ts'
import type { JobCommands } from './features/jobs/job-commands.ts'
import type { LogCommands } from './features/logs/log-reading.ts'
import type { SecretCommands } from './features/secrets/secret-commands.ts'
import type { SettingCommands } from './features/settings/setting-commands.ts'
import type { StartupCommands } from './features/settings/startup-commands.ts'
import type { TerminalCommands } from './features/terminal/terminal-commands.ts'
import type { UpdateCommands } from './features/updates/update-commands.ts'

export type GatewayAct = 'start' | 'stop' | 'restart'

/** What the interface can ask for. What happens comes back as state; a form is told only whether to close. */
export interface Commands {
  gateway(act: GatewayAct): Promise<void>
  showEarlier(): Promise<void>
  reconnect(): void
  readonly logs: LogCommands
  readonly settings: SettingCommands
  readonly startup: StartupCommands
  readonly secrets: SecretCommands
  readonly backups: BackupCommands
  readonly jobs: JobCommands
  readonly checks: CheckCommands
  readonly updates: UpdateCommands
  readonly terminal: TerminalCommands
}

export const CommandsContext = createContext<Commands | null>(null)

export function useCommands(): Commands {
  const commands = use(CommandsContext)
  if (!commands) throw new Error('CommandsContext is missing above this component')
  return commands
}
