import type { ChecksReport } from '../../../shared/checks.ts'
import type { HostClient } from '../../../shared/host-client.ts'
import { ask } from '../../parts/ask.ts'
import { useChecks } from './checks-store.ts'

export type CheckKind = ChecksReport['kind']

/** Each resolves to whether the host did it; what was found comes as a view. */
export interface CheckCommands {
  check(kind: CheckKind): Promise<boolean>
  /** Puts right what can be, and checks again. */
  mend(kind: CheckKind): Promise<boolean>
}

export function checkCommands(client: HostClient): CheckCommands {
  async function run(place: string, kind: CheckKind, fix: boolean): Promise<boolean> {
    const report = await ask(useChecks, place, () =>
      // The audit asks the running gateway too: that takes seconds at most, and is what it is for.
      kind === 'doctor'
        ? client.call('checks.doctor', { deep: false, fix })
        : client.call('checks.audit', { deep: true, fix }),
    )
    return report !== null
  }
  return {
    check: (kind) => run(kind, kind, false),
    mend: (kind) => run('mend', kind, true),
  }
}
