import { createInterface } from 'node:readline'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import type { StoreAnswer, StoreCall } from './keychain-library.ts'
import { type KeychainAnswer, type KeychainRequest, keychainRequestSchema } from './keychain-message.ts'
import { probeSecretService } from './secret-service.ts'

/** A service that is well answers within a few ms. */
const silentMs = 1_000

/**
 * The process that speaks to the keychain: requests on stdin, answers on stdout, a line of JSON each. The
 * native library runs in a thread of its own, so that this one always sees the end of stdin: then the host
 * is gone, and so is this process, whatever the library waits for.
 */
if (isMainThread) serve()
else await serveLibrary()

function serve(): void {
  const pending = new Map<number, (answer: StoreAnswer) => void>()
  let library: Worker | null = null
  const callStore = (call: StoreCall): Promise<StoreAnswer> => {
    library ??= startLibrary(pending)
    const thread = library
    return new Promise((resolve) => {
      pending.set(call.id, resolve)
      thread.postMessage(call)
    })
  }
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })
  lines.on('line', (line) => {
    const request = keychainRequestSchema.parse(JSON.parse(line))
    void answer(request, callStore).then((said) => process.stdout.write(`${JSON.stringify(said)}\n`))
  })
  lines.once('close', () => process.kill(process.pid, 'SIGKILL'))
  process.stdout.on('error', () => process.kill(process.pid, 'SIGKILL'))
}

async function answer(
  request: KeychainRequest,
  callStore: (call: StoreCall) => Promise<StoreAnswer>,
): Promise<KeychainAnswer> {
  const { id } = request
  if (request.act === 'probe') {
    const { state, detail } = await probe()
    if (state === 'ready') return { id, ok: true, value: null }
    return { id, ok: false, state, detail }
  }
  const start = performance.now()
  const said = await callStore(request)
  if (isAnswer(request, said)) return { id, ...said }
  // Nothing found, or failed: only the store itself can tell whether it could have been there.
  const { state, detail } = await probe()
  if (state !== 'ready') return { id, ok: false, state, detail }
  const wasSilent = !said.ok && performance.now() - start > silentMs
  // The library gives up on a service that is slow to answer; once it is back, it is asked again.
  return { id, ...(wasSilent ? await callStore(request) : said) }
}

function isAnswer({ act }: StoreCall, said: StoreAnswer): boolean {
  return said.ok && (act === 'set' || (said.value !== null && said.value !== false))
}

function probe(): ReturnType<typeof probeSecretService> {
  // There is no way to look at a keychain of macOS that is sure to prompt nobody.
  if (process.platform === 'darwin') return Promise.resolve({ state: 'ready', detail: '' })
  return probeSecretService(process.env.DBUS_SESSION_BUS_ADDRESS ?? '')
}

function startLibrary(pending: Map<number, (answer: StoreAnswer) => void>): Worker {
  const library = new Worker(import.meta.filename)
  library.on('message', ({ id, said }: { id: number; said: StoreAnswer }) => {
    pending.get(id)?.(said)
    pending.delete(id)
  })
  // Without its library this process is of no use; the host sees it go.
  library.once('error', () => process.exit(1))
  return library
}

async function serveLibrary(): Promise<void> {
  const { callLibrary } = await import('./keychain-library.ts')
  parentPort?.on('message', (call: StoreCall) => {
    void callLibrary(call).then((said) => parentPort?.postMessage({ id: call.id, said }))
  })
}
