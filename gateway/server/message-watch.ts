/** Follows the frames of a WebSocket by their headers alone. */
export interface MessageWatch {
  /** Takes bytes as they come; they are not kept. */
  feed(chunk: Uint8Array): void
  /** Whether a message, or a frame, has begun and not ended. */
  isUnfinished(): boolean
  /** Bytes of the message under way, as its frames so far announce them. */
  messageBytes(): number
}

const shortHeader = 2
const maskBytes = 4

/**
 * `ws` tells of a message when it is whole, and hides one that never ends behind pings that do. This sees
 * where frames begin and end (RFC 6455, 5.2), and so how long a message has been under way.
 */
export function createMessageWatch(): MessageWatch {
  const header = Buffer.alloc(14)
  let headerLength = 0
  /** Of the frame under way, still to come. */
  let payloadLeft = 0
  let isWithinMessage = false
  let messageBytes = 0

  function headerSize(): number {
    if (headerLength < shortHeader) return shortHeader
    const second = header[1] ?? 0
    const length = second & 0x7f
    return shortHeader + (length === 126 ? 2 : length === 127 ? 8 : 0) + (second & 0x80 ? maskBytes : 0)
  }

  function beginFrame(): void {
    const [first = 0, second = 0] = header
    const short = second & 0x7f
    // Beyond 2^53 it only has to be too much.
    payloadLeft =
      short === 126 ? header.readUInt16BE(2) : short === 127 ? Number(header.readBigUInt64BE(2)) : short
    headerLength = 0
    const isControl = (first & 0x08) !== 0
    if (isControl) return
    messageBytes = isWithinMessage ? messageBytes + payloadLeft : payloadLeft
    isWithinMessage = (first & 0x80) === 0
  }

  return {
    feed(chunk) {
      let at = 0
      while (at < chunk.length) {
        if (payloadLeft > 0) {
          const passed = Math.min(payloadLeft, chunk.length - at)
          payloadLeft -= passed
          at += passed
          continue
        }
        header[headerLength] = chunk[at] ?? 0
        headerLength += 1
        at += 1
        if (headerLength >= shortHeader && headerLength === headerSize()) beginFrame()
      }
    },
    isUnfinished: () => isWithinMessage || payloadLeft > 0 || headerLength > 0,
    messageBytes: () => messageBytes,
  }
}
