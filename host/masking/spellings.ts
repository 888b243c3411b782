const leastBytes = 8

/**
 * The forms in which a secret turns up: as it is, each of its longer lines, as part of an address, of JSON, in
 * hex, and in base64 however it lies between other bytes. The longest first, so that none hides behind a
 * shorter one.
 */
export function spellings(secret: string): string[] {
  const lines = secret
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => Buffer.byteLength(line) >= leastBytes)
  const forms = new Set([secret, ...lines].flatMap(formsOf))
  return [...forms].filter((form) => form !== '').sort((one, other) => other.length - one.length)
}

function formsOf(text: string): string[] {
  const bytes = Buffer.from(text)
  const json = inJson(text)
  const address = encodeURIComponent(text.toWellFormed())
  const hex = bytes.toString('hex')
  return [
    text,
    address,
    address.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    address.replaceAll('%20', '+'),
    json,
    inJson(json), // a log line that is JSON, in an answer that is JSON
    json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    hex,
    hex.toUpperCase(),
    ...base64Forms(bytes),
  ]
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Whole, and what of it does not depend on the bytes around it, for each of the three places it can begin at. */
function base64Forms(bytes: Buffer): string[] {
  const whole = [bytes.toString('base64'), bytes.toString('base64url')]
  if (bytes.length < leastBytes) return whole
  const inner = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
    const from = Math.ceil((before * 8) / 6)
    const to = Math.floor((text.length * 8) / 6)
    return [text.toString('base64').slice(from, to), text.toString('base64url').slice(from, to)]
  })
  return [...whole, ...inner]
}
