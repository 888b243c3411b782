import { exitCode } from '../../../shared/exit-codes.ts'
import type { AppUpdate, GatewayProgram, GatewayUpdate, UpdatesView } from '../../../shared/updates.ts'
import { describeProblem } from '../../../shared/wording/describe-problem.ts'
import { formatMoment } from '../../../shared/wording/format.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import type { JsonOption } from '../commands/update.ts'
import { hostForCommand } from '../own-host/own-host.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'

/** Shows what is known without asking anybody; resolves to the exit code. */
export async function showUpdates({ json }: JsonOption): Promise<number> {
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, json === true)
  try {
    const snapshot = await reached.host.call('host.snapshot')
    if (!snapshot.ok) return failWith(snapshot, json === true)
    const { updates } = snapshot.value
    if (json) sayJson({ ok: true, ...updates })
    else for (const line of updateLines(updates)) sayLine(line)
    return exitCode.done
  } finally {
    await reached.close()
  }
}

export function updateLines({ app, gateway, automatic, channel }: UpdatesView): string[] {
  return [
    `Moltbot Desktop ${app.current}. ${appAnswer(app)}`,
    `Gateway ${nameOf(gateway.active)}. ${gatewayAnswer(gateway)}`,
    ...(gateway.problem ? [problemText(gateway.problem)] : []),
    `Channel ${channel}; ${automatic ? 'looks once a day by itself while a host runs' : 'does not look by itself'}.`,
  ]
}

export function nameOf({ kind, package: name, version }: GatewayProgram): string {
  return kind === 'builtIn' ? `${version}, built in` : `${name} ${version}`
}

function appAnswer({ state, offer, checkedAt, problem }: AppUpdate): string {
  if (problem) return state === 'unavailable' ? describeProblem('en', problem).what : problemText(problem)
  if (state === 'ready') return `${offer?.version} is downloaded. Install it: moltbot update`
  if (state === 'downloading') return `${offer?.version} is being downloaded.`
  if (offer) return `${offer.version} is available. Take it: moltbot update`
  return foundNothing(checkedAt)
}

function gatewayAnswer({ followed, offer, skipped, checkedAt }: GatewayUpdate): string {
  if (followed === null) {
    return 'No npm package is followed; it is updated with the application. Follow one: moltbot update follow clawdbot'
  }
  const follows = `Follows ${followed}.`
  if (offer === null) {
    const left = skipped === null ? '' : ` ${skipped} is skipped; undo it: moltbot update skip none.`
    return `${follows} ${foundNothing(checkedAt)}${left}`
  }
  const since = offer.publishedAt === null ? '' : ` of ${formatMoment('en', offer.publishedAt)}`
  const notes = offer.notesUrl === null ? '' : ` What is new: ${offer.notesUrl}`
  return `${follows} ${offer.version}${since} is available. Take it: moltbot update.${notes}`
}

function foundNothing(checkedAt: number | null): string {
  if (checkedAt === null) return 'Not looked for a newer one yet: moltbot update --check'
  return `Nothing newer, as of ${formatMoment('en', checkedAt)}.`
}
