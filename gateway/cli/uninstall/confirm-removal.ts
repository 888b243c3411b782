import { createInterface } from 'node:readline/promises'
import type { UninstallOptions } from '../commands/uninstall.ts'
import { confirm } from '../own-host/confirm.ts'

type Confirmed = { readonly ok: true } | { readonly ok: false; readonly message: string }

/** Asks whether all of it is to go; for the state folder also by having its path typed. */
export async function confirmRemoval(
  { yes, json }: UninstallOptions,
  state: string | null,
): Promise<Confirmed> {
  if (yes) return { ok: true }
  const notAsked = 'Nothing was removed: nobody is here to ask. Add --yes to remove it.'
  const answer = json ? null : await confirm('Remove all of this?')
  if (answer === null) return { ok: false, message: notAsked }
  if (!answer) return { ok: false, message: 'Nothing was removed.' }
  if (state === null) return { ok: true }
  const typed = await ask(`The state cannot be had back. To remove it, type its path (${state}): `)
  return typed === state ? { ok: true } : { ok: false, message: 'That is not the path. Nothing was removed.' }
}

async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await asking.question(question)).trim()
  } catch {
    return '' // Ctrl-C, Ctrl-D
  } finally {
    asking.close()
  }
}
