/** Why we end a connection: what the peer reads in the close frame, by what log and counts call it. */
export const endWords = {
  connect_timeout: 'connect timeout',
  connect_required: 'connect required',
  invalid_frame: 'invalid request frame',
  message_too_deep: 'message too deep',
  message_too_long: 'message too long before connect',
  message_unfinished: 'message not finished in time',
  too_many_messages: 'too many messages',
  too_many_pings: 'too many pings',
  too_many_unproven: 'too many connections that are not proven',
  slow_consumer: 'slow consumer',
} as const
export type EndReason = keyof typeof endWords
