import { exitCode } from '../../../shared/exit-codes.ts'
import type { UpdatesView } from '../../../shared/updates.ts'
import type { UpdateOptions } from '../commands/update.ts'
import { confirm } from '../own-host/confirm.ts'
import { type HostInUse, hostForCommand } from '../own-host/own-host.ts'
import { runJobOn } from '../own-host/run-job.ts'
import { createProgress } from '../progress.ts'
import { failWith, sayJson, sayLine } from '../tell.ts'
import { updateLines } from './show-updates.ts'
import { sayChanged } from './use-gateway.ts'

/** Looks, asks, and takes what is newer: the gateway first, because an application that is replaced leaves. */
export async function runUpdate(options: UpdateOptions): Promise<number> {
  const isJson = options.json === true
  const reached = await hostForCommand()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    if (options.to !== undefined && !options.check) return await takeGateway(reached, options.to, options)
    const progress = createProgress(process.stderr, !isJson)
    progress.show('Looking for updates')
    const checked = await reached.host.call('updates.check').finally(() => progress.clear())
    if (!checked.ok) return failWith(checked, isJson)
    return options.check ? tell(checked.value, isJson) : await takeAll(reached, checked.value, options)
  } finally {
    await reached.close()
  }
}

/** What went wrong while looking, or null: a copy that cannot update itself is as it should be. */
function troubleIn({ app, gateway }: UpdatesView) {
  return gateway.problem ?? (app.state === 'unavailable' ? null : app.problem)
}

function tell(view: UpdatesView, isJson: boolean): number {
  const trouble = troubleIn(view)
  if (isJson) sayJson({ ok: trouble === null, ...view })
  else for (const line of updateLines(view)) sayLine(line)
  return trouble === null ? exitCode.done : exitCode.failed
}

async function takeAll(reached: HostInUse, view: UpdatesView, options: UpdateOptions): Promise<number> {
  const { app, gateway } = view
  if (!app.offer && !gateway.offer) return tellNothing(view, options.json === true)
  if (gateway.offer) {
    const code = await takeGateway(reached, gateway.offer.version, options, view)
    if (code !== exitCode.done || !app.offer) return code
  }
  return takeApp(reached, view, options)
}

function tellNothing(view: UpdatesView, isJson: boolean): number {
  const trouble = troubleIn(view)
  if (trouble) return failWith(trouble, isJson)
  if (isJson) sayJson({ ok: true, changed: false, ...view })
  else {
    sayLine('Everything is up to date.')
    for (const line of updateLines(view)) sayLine(line)
  }
  return exitCode.done
}

async function takeGateway(
  reached: HostInUse,
  version: string,
  options: UpdateOptions,
  known?: UpdatesView,
): Promise<number> {
  const isJson = options.json === true
  const snapshot = known ? null : await reached.host.call('host.snapshot')
  if (snapshot && !snapshot.ok) return failWith(snapshot, isJson)
  const view = known ?? snapshot?.value.updates
  const refused = await ask(
    `Install the gateway ${view?.gateway.followed} ${version} and switch to it? The gateway is restarted; what it ` +
      'changes in its state stays changed (moltbot backup create).',
    options,
  )
  if (refused !== null) return refused
  return runJobOn(
    reached,
    (host) => host.call('updates.installGateway', { version }),
    isJson,
    (result, { isOwn }) => sayChanged(result, isJson, isOwn),
  )
}

async function takeApp(reached: HostInUse, { app }: UpdatesView, options: UpdateOptions): Promise<number> {
  const isJson = options.json === true
  const version = app.offer?.version ?? ''
  const refused = await ask(
    `Download Moltbot Desktop ${version} and install it? The application and its gateway are restarted.`,
    options,
  )
  if (refused !== null) return refused
  if (app.state === 'offered') {
    const code = await runJobOn(
      reached,
      (host) => host.call('updates.downloadApp'),
      isJson,
      () => {},
    )
    if (code !== exitCode.done) return code
  }
  const installing = await reached.host.call('updates.installApp', { when: 'now' })
  // It leaves, and may be gone before it has answered.
  if (!installing.ok && installing.code !== 'CONNECTION_LOST') return failWith(installing, isJson)
  const failed = installing.ok ? installing.value.app.problem : null
  if (failed) return failWith(failed, isJson)
  if (isJson) sayJson({ ok: true, installing: version })
  else sayLine(`Moltbot Desktop ${version} is being installed; the application opens again by itself.`)
  return exitCode.done
}

/** Null for yes; else the exit code of a no, or of nobody there to ask. */
async function ask(question: string, { yes, json }: UpdateOptions): Promise<number | null> {
  const answer = yes ? true : await confirm(question)
  if (answer) return null
  const message =
    answer === null
      ? 'Nothing was changed. To update without being asked, add --yes.'
      : 'Nothing was changed.'
  if (json) sayJson({ ok: false, code: 'NOT_CONFIRMED', message })
  else sayLine(message)
  return exitCode.failed
}
