import { createContext, use } from 'react'
import type { LogCommands } from './features/logs/log-reading.ts'
import type { SettingCommands } from './features/settings/setting-commands.ts'

export type GatewayAct = 'start' | 'stop' | 'restart'

/** What the interface can ask for. Nothing is returned: what happens comes back as state. */
export interface Commands {
  gateway(act: GatewayAct): Promise<void>
  showEarlier(): Promise<void>
  reconnect(): void
  readonly logs: LogCommands
  readonly settings: SettingCommands
}

export const CommandsContext = createContext<Commands | null>(null)

export function useCommands(): Commands {
  const commands = use(CommandsContext)
  if (!commands) throw new Error('CommandsContext is missing above this component')
  return commands
}
