/** Like `fetch`, of which only this much is used. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>

export interface ReceiveLimits {
  /** Bytes; what is larger is broken off. */
  readonly bytes: number
  /** Silence longer than this ends it, before the answer begins and while it comes. */
  readonly idleMs: number
  /** No answer takes longer than this in all. */
  readonly wholeMs: number
}

/** The answer did not come as it should; `message` says how, for a person. */
export class TransferError extends Error {
  /** Nobody answered as one who has the file: trying again later may help. */
  readonly isUnreachable: boolean

  constructor(message: string, { isUnreachable = false } = {}) {
    super(message)
    this.isUnreachable = isUnreachable
  }
}

const maxRedirects = 3

/**
 * The bytes of `address`, as they come. Goes nowhere but to its own origin, and never beyond the limits,
 * whatever the server promises. Throws a TransferError, or the reason of `signal`.
 */
export async function* receive(
  fetch: Fetch,
  address: URL,
  limits: ReceiveLimits,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Uint8Array> {
  const ours = new AbortController()
  const stop = (why: string) => ours.abort(new TransferError(why, { isUnreachable: true }))
  const whole = setTimeout(() => stop(`took longer than ${limits.wholeMs / 1000} s`), limits.wholeMs)
  let idle: NodeJS.Timeout | undefined
  const heard = () => {
    clearTimeout(idle)
    idle = setTimeout(() => stop(`silent for ${limits.idleMs / 1000} s`), limits.idleMs)
  }
  const both = AbortSignal.any([signal, ours.signal])
  try {
    heard()
    const response = await follow(fetch, address, both)
    heard()
    const declared = Number(response.headers.get('content-length') ?? 0)
    if (declared > limits.bytes)
      throw new TransferError(`${declared} bytes, and ${limits.bytes} are expected`)
    let received = 0
    for await (const chunk of response.body ?? []) {
      heard()
      received += chunk.byteLength
      if (received > limits.bytes)
        throw new TransferError(`more than the ${limits.bytes} bytes that are expected`)
      yield chunk
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw asTransferError(ours.signal.aborted ? ours.signal.reason : error)
  } finally {
    clearTimeout(whole)
    clearTimeout(idle)
    ours.abort() // whoever stops reading needs the connection no more
  }
}

/** All of it at once. */
export async function receiveWhole(...args: Parameters<typeof receive>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of receive(...args)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function follow(fetch: Fetch, address: URL, signal: AbortSignal): Promise<Response> {
  let at = address
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await fetch(at.href, { redirect: 'manual', cache: 'no-store', signal })
    if (response.ok) return response
    const { status } = response
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (status < 300 || status > 399 || location === null) {
      throw new TransferError(`HTTP ${status}`, { isUnreachable: true })
    }
    const next = URL.canParse(location, at.href) ? new URL(location, at) : null
    if (next?.origin !== address.origin) throw new TransferError('it leads to another server')
    at = next
  }
  throw new TransferError('it leads from one address to the next without end')
}

function asTransferError(error: unknown): Error {
  if (error instanceof TransferError || !(error instanceof Error)) return error as Error
  // What went wrong on the way down stands in the cause.
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
  return new TransferError(code ?? message, { isUnreachable: true })
}
