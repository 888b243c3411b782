import type { z } from 'zod'
import { type EventPayload, type HostEvent, hostEvents } from '../../shared/host-api.ts'

export type ReadEvent =
  | { readonly name: 'event'; readonly event: HostEvent; readonly payload: EventPayload<HostEvent> }
  | { readonly name: 'unknown' }
  | { readonly name: 'unreadable'; readonly detail: string }

/** Checks an event against the contract. */
export function readEvent(event: string, payload: unknown): ReadEvent {
  if (!isHostEvent(event)) return { name: 'unknown' }
  const read = hostEvents[event].safeParse(payload)
  if (!read.success) return { name: 'unreadable', detail: explain(read.error) }
  return { name: 'event', event, payload: read.data }
}

/** The first thing that does not fit, in a line: `gateway.state.name: Invalid input`. */
export function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.')}: ${issue.message}` : error.message
}

function isHostEvent(event: string): event is HostEvent {
  return Object.hasOwn(hostEvents, event)
}
