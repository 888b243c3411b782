/** How much one client, one address and all together may ask of the server. */
export const clientLimits = {
  /** Clients that have proven themselves. */
  proven: 2_048,
  /** Connections that have not: the oldest gives way to the next. */
  unproven: 256,
  /** Connections of one address of another machine, HTTP too; and those of them not yet proven. */
  perAddress: 128,
  unprovenPerAddress: 16,
  /** Bytes of a message before the client has proven itself. */
  unprovenPayload: 65_536,
  /** From the first byte of a message to its last, ms. */
  messageMs: 30_000,
  fragments: 1_024,
  /** Objects and lists within one another, in a message. */
  depth: 64,
  /** Requests of one client that take their time; a busy interface has two or three. */
  underWay: 8,
} as const

/** Sockets of all kinds that are held open; what is beyond waits in the kernel's queue, or is dropped. */
export const maxConnections = clientLimits.proven + clientLimits.unproven + 256
