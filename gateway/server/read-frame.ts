import { type RequestFrame, requestFrameSchema } from '../../shared/protocol/frames.ts'
import { clientLimits } from './client-limits.ts'

export type ReadFrame =
  | { readonly ok: true; readonly frame: RequestFrame }
  | { readonly ok: false; readonly reason: 'invalid request frame' | 'message too deep' }

/** A request as text. What is nested too deep is refused before anything walks through it. */
export function readFrame(text: string): ReadFrame {
  if (isTooDeep(text, clientLimits.depth)) return { ok: false, reason: 'message too deep' }
  try {
    const frame = requestFrameSchema.safeParse(JSON.parse(text))
    if (frame.success) return { ok: true, frame: frame.data }
  } catch {
    // it is no JSON
  }
  return { ok: false, reason: 'invalid request frame' }
}

/** Whether more than `limit` objects and lists of this JSON stand within one another. */
export function isTooDeep(text: string, limit: number): boolean {
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (isString) {
      if (char === backslash) at += 1
      else if (char === quote) isString = false
    } else if (char === quote) isString = true
    else if (char === openBrace || char === openBracket) {
      depth += 1
      if (depth > limit) return true
    } else if (char === closeBrace || char === closeBracket) depth -= 1
  }
  return false
}

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
