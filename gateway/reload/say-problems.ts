import type { Problem } from '../../shared/problem.ts'
import type { Logger } from '../log/logger.ts'

const saidAtMost = 20

/** One line with the place of each. An error, because that is what people search a log for. */
export function sayProblems(logger: Pick<Logger, 'error'>, problems: readonly Problem[]): void {
  const places = problems.slice(0, saidAtMost).map(placeOf)
  const more = problems.length - places.length
  logger.error(
    `The changed configuration is not valid; the gateway goes on with the former one: ${places[0] ?? ''}`,
    {
      problems: places,
      ...(more > 0 && { more }),
      see: 'moltbot config validate',
    },
  )
}

/** `/home/me/.clawdbot/moltbot.json:4:5: gateway.port must be …`; never a value. */
export function placeOf({ code, params }: Problem): string {
  const facts: Readonly<Record<string, unknown>> = { ...params }
  const { path, line, column, key, detail, suggestion } = facts
  const place = [path, line, column].filter((part) => part !== undefined && part !== '').join(':')
  const meant = suggestion === undefined ? undefined : `(${suggestion}?)`
  const what = [key, detail, meant].filter((part) => part !== undefined).join(' ') || code
  return place ? `${place}: ${what}` : what
}
