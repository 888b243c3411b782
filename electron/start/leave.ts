import { app, dialog } from 'electron'
import type { Claim } from '../../host/claim-host.ts'
import { openInBrowser } from '../../host/open-in-browser.ts'
import { sayProblem, sayReady } from '../../host/terminal.ts'
import { exitCode } from '../../shared/exit-codes.ts'
import type { Problem } from '../../shared/problem.ts'
import { describeProblem } from '../../shared/wording/describe-problem.ts'
import { type Language, textsIn } from '../../shared/wording/texts.ts'
import type { QuitPath } from '../quit/quit-path.ts'
import { markReady } from '../ready-mark.ts'
import type { StartOptions } from './start-options.ts'

/** A headless host runs already: shows its page, and leaves. */
export async function leaveToOther(
  { url, hostDir }: Extract<Claim, { kind: 'other' }>,
  { open }: StartOptions,
  quit: QuitPath,
): Promise<void> {
  sayReady(url)
  if (open) await openInBrowser(url, hostDir)
  quit.ask('asked')
}

/** Says why it cannot go on, also to who started it without a terminal, and leaves. Nothing runs by now. */
export async function leaveFailed(found: Problem, language: Language): Promise<void> {
  markReady(process.env) // the host without a window would only meet the same
  await sayProblem(found)
  const { what, why, remedy } = describeProblem(language, found)
  const t = textsIn(language)
  await dialog.showMessageBox({
    type: 'error',
    title: t('window.notStarted.title'),
    message: what.replaceAll('`', ''),
    detail: `${why} ${remedy}`.replaceAll('`', ''),
    buttons: [t('window.notStarted.close')],
  })
  app.exit(exitCode.failed)
}
