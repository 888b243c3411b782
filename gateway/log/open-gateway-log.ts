import type { LoggingConfig } from '../../host/config/config-schema.ts'
import { chooseLogTarget } from '../../host/config/log-path.ts'
import type { Environment } from '../../host/config/state-paths.ts'
import { createConsoleSink } from './console-sink.ts'
import { createFileSink } from './file-sink.ts'
import { createLogger, type Logger } from './logger.ts'
import { createRedactor } from './redact.ts'

export interface GatewayLogOptions {
  readonly logging: LoggingConfig | undefined
  readonly isVerbose: boolean
  readonly env: Environment
  readonly home: string
  readonly stateDir: string
  readonly secrets: readonly string[]
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

export interface GatewayLog {
  readonly logger: Logger
  /** Null where no file can be written. */
  path(): string | null
  close(): void
}

/** `isVerbose` concerns the console only, as in the manual. */
export function openGatewayLog(options: GatewayLogOptions): GatewayLog {
  const { logging, env, home, stateDir, stdout, stderr } = options
  const redactor = createRedactor({
    secrets: options.secrets,
    patterns: logging?.redactPatterns ?? [],
    usesPatterns: logging?.redactSensitive !== 'off',
  })
  const file = createFileSink({
    target: chooseLogTarget({ env, home, logging }),
    stateDir,
    level: logging?.level ?? 'info',
    redactor,
    now: () => new Date(),
    onWarning: (warning) => logger.warn(warning),
  })
  const toConsole = createConsoleSink({
    level: options.isVerbose ? 'debug' : (logging?.consoleLevel ?? 'info'),
    style: logging?.consoleStyle,
    redactor,
    stdout,
    stderr,
  })
  const logger: Logger = createLogger([toConsole, (record) => file.write(record)], 'gateway')
  return { logger, path: () => file.path(), close: () => file.close() }
}
