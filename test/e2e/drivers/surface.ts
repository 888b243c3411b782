import type { Page } from 'playwright-core'
import type { Snapshot } from '../../../shared/host-api.ts'
import type { TimelineEntry } from '../../../shared/timeline.ts'
import type { Look } from '../../fixtures/open-page.ts'
import type { ScriptedContract } from '../../fixtures/scripted-contract.ts'

/** Where a person meets the user interface. */
export interface Surface {
  /** `browser`: a headless host's page. `window`: that of the desktop application. */
  readonly name: 'browser' | 'window'
  /** A host that says what the spec wants, and its page. */
  openScripted(snapshot: Snapshot, look: Look, earlier: readonly TimelineEntry[]): Promise<ScriptedPage>
  /** Ends what was started for all of its pages. */
  close(): Promise<void>
}

export interface ScriptedPage {
  readonly host: ScriptedContract
  readonly page: Page
  /** Script errors and refused content since the page was opened. */
  readonly faults: string[]
  close(): Promise<void>
}
