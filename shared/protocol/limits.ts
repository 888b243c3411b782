/** Figures of the gateway's WebSocket protocol; both ends hold them. */
export const protocolVersion = 3
/** What our clients ask of a gateway, `connect` and `health`, is the same in the version of openclaw. */
export const newestAskedProtocol = 4

export const policy = {
  /** Longest message, in bytes. */
  maxPayload: 524_288,
  /** A client this far behind is closed. */
  maxBufferedBytes: 1_572_864,
  tickIntervalMs: 30_000,
} as const

/** A connection that has not said `connect` by then is closed. */
export const handshakeMs = 10_000

/** What a client reads of a restart: when it is worth coming back. */
export const restartExpectedMs = 1_500

export const closeCode = {
  /** Refused: wrong token, foreign origin, broken rules, too slow. */
  policy: 1008,
  restart: 1012,
} as const
