import type { LoggingConfig } from '../../host/config/config-schema.ts'
import { chooseLogTarget } from '../../host/config/log-path.ts'
import type { Environment } from '../../host/config/state-paths.ts'
import { type ConsoleStream, openConsoleOutput } from './console-output.ts'
import { openLineFile } from './line-file.ts'
import { gatewayLogFamily } from './log-family.ts'
import { gapLine, jsonLine } from './log-line.ts'
import { createLogQueue } from './log-queue.ts'
import { type LogRecord, passes, type WrittenLevel } from './log-record.ts'
import { createLogger, type Logger } from './logger.ts'
import { createRedactor, type Redactor } from './redact.ts'
import { redactRecord } from './redact-record.ts'

export interface GatewayLogOptions {
  readonly logging: LoggingConfig | undefined
  readonly isVerbose: boolean
  readonly env: Environment
  readonly home: string
  readonly stateDir: string
  readonly secrets: readonly string[]
  readonly stdout: ConsoleStream
  readonly stderr: ConsoleStream
}

export interface GatewayLogState {
  /** Lines written to the file, by level. */
  readonly lines: Readonly<Record<WrittenLevel, number>>
  readonly linesLost: number
  /** Why lines are being lost now: a code of the system. */
  readonly trouble: string | null
  /** Places in `logging.redactPatterns` that took too long and are not used any more. */
  readonly slowPatterns: readonly number[]
}

export interface GatewayLog {
  readonly logger: Logger
  /** As the log redacts. */
  readonly redact: (text: string) => string
  /** Null where no file can be written. */
  path(): string | null
  state(): GatewayLogState
  /** What the configuration says now; secrets that were known stay masked. */
  reconfigure(logging: LoggingConfig | undefined, secrets?: readonly string[]): void
  close(): void
}

/** `isVerbose` concerns the console only, as in the manual. What is logged before an exit is in the file. */
export function openGatewayLog(options: GatewayLogOptions): GatewayLog {
  const { isVerbose, env, home, stateDir } = options
  let { logging } = options
  const secrets = new Set(options.secrets)
  let redactor = makeRedactor()
  const lines = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, trace: 0 }
  const file = openLineFile({
    target: chooseLogTarget({ env, home, logging }),
    stateDir,
    family: gatewayLogFamily,
    now: () => new Date(),
    gapLine,
    onWarning: (warning) => logger.warn(warning),
  })
  const output = openConsoleOutput(options.stdout, options.stderr)
  const queue = createLogQueue(deliver)
  const logger: Logger = createLogger([add], 'gateway')
  process.on('exit', queue.flush)

  function makeRedactor(): Redactor {
    return createRedactor({
      secrets: [...secrets],
      patterns: logging?.redactPatterns ?? [],
      usesPatterns: logging?.redactSensitive !== 'off',
      onSlow: (place) =>
        logger.warn(
          `The pattern logging.redactPatterns[${place}] takes too long and is not used any more. Simplify it: nested repetition as (a+)+ is the usual cause`,
        ),
    })
  }

  function levels() {
    const { level = 'info', consoleLevel = 'info' } = logging ?? {}
    return { file: level, console: isVerbose ? 'debug' : consoleLevel } as const
  }

  function add(record: LogRecord): void {
    const { file: toFile, console: toConsole } = levels()
    if (passes(record.level, toFile) || passes(record.level, toConsole)) queue.add(record)
  }

  function deliver(records: readonly LogRecord[]): void {
    const { file: toFile, console: toConsole } = levels()
    const redacted = redactor.map(records, (record) => redactRecord(record, redactor))
    output.write(redacted, { level: toConsole, style: logging?.consoleStyle })
    const written = redacted.filter(({ level }) => passes(level, toFile))
    if (written.length === 0) return
    for (const { level } of written) lines[level] += 1
    file.append(written.map(jsonLine).join(''))
  }

  return {
    logger,
    redact: (text) => redactor.text(text),
    path: () => file.path(),
    state: () => ({
      lines,
      linesLost: file.lost(),
      trouble: file.trouble(),
      slowPatterns: redactor.slow(),
    }),
    reconfigure(next, more = []) {
      queue.flush()
      logging = next
      for (const secret of more) secrets.add(secret)
      redactor = makeRedactor()
      file.moveTo(chooseLogTarget({ env, home, logging }))
    },
    close() {
      queue.flush()
      process.off('exit', queue.flush)
      file.close()
    },
  }
}
