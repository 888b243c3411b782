/** Whatever the configuration says: as long as no agent runs here, none has a heartbeat. */
export const noHeartbeat = { enabled: false, every: 'disabled', everyMs: null } as const
