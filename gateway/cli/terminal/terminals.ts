import { exitCode } from '../../../shared/exit-codes.ts'
import type { HostClient } from '../../../shared/host-client.ts'
import { maxTerminals, type TerminalsView } from '../../../shared/terminals.ts'
import { reachHost } from '../reach-host.ts'
import { failWith, sayJson, sayLine, tellProblem } from '../tell.ts'

/** Says whether a browser may open a terminal, and how many are open. Resolves to the exit code. */
export async function showTerminals(isJson: boolean): Promise<number> {
  return withHost(isJson, async (client) => {
    const outcome = await client.call('host.snapshot')
    if (!outcome.ok) return failWith(outcome, isJson)
    return say(outcome.value.terminals, isJson)
  })
}

/** Allows or forbids terminals in browsers. Resolves to the exit code, once those that must end have ended. */
export async function allowInBrowser(allowed: boolean, isJson: boolean): Promise<number> {
  return withHost(isJson, async (client) => {
    const outcome = await client.call('terminal.allowInBrowser', { allowed })
    if (!outcome.ok) return failWith(outcome, isJson)
    return say(outcome.value, isJson)
  })
}

async function withHost(isJson: boolean, act: (client: HostClient) => Promise<number>): Promise<number> {
  const reached = await reachHost()
  if (!reached.ok) return failWith(reached, isJson)
  try {
    return await act(reached.host)
  } finally {
    reached.host.close()
  }
}

function say({ inBrowser, open, problem }: TerminalsView, isJson: boolean): number {
  if (isJson) {
    sayJson({ ok: true, inBrowser, open, most: maxTerminals, problem })
    return exitCode.done
  }
  sayLine(`In a browser  ${inBrowser ? 'allowed' : 'off (allow it: moltbot terminal allow-browser)'}`)
  sayLine(`Open          ${open} of at most ${maxTerminals}`)
  if (problem) tellProblem(problem)
  return exitCode.done
}
