/**
 * What the preload puts on the page of the desktop application's window. It carries the contract of
 * host-api.ts and nothing else; the host checks every call against that table, so names and arguments
 * are plain data here.
 */
export interface WindowBridge {
  /** Resolves to a `CallOutcome`; never rejects. */
  readonly call: (call: string, args: readonly unknown[]) => Promise<unknown>
  /** Asks for the events. Returns the function that ends the subscription. */
  readonly subscribe: (listener: (event: string, payload: unknown) => void) => () => void
}

/** The bridge's name on `window`. */
export const windowBridgeName = 'moltbotWindow'

/** Electron IPC channels between preload and main. */
export const windowChannels = {
  /** invoke(call, args) → CallOutcome */
  call: 'contract:call',
  /** send(): events flow from then on, until the page goes */
  subscribe: 'contract:subscribe',
  /** main → page: (event, payload) */
  event: 'contract:event',
} as const
