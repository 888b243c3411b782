import type { Protocol } from 'electron'
import { findPageFile, windowHeaders } from '../host/page/page-files.ts'
import { isPageAddress, pageScheme } from './page-address.ts'

/** Serves the built page in `root` under our own scheme, to one session. */
export function servePage(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(pageScheme, (request) => answerPageRequest(root, request))
}

/** The same files under the same rules as for a browser; nothing outside `root`, whatever is asked for. */
export async function answerPageRequest(
  root: string,
  { method, url }: { readonly method: string; readonly url: string },
): Promise<Response> {
  if (!isPageAddress(url)) return refuse(404, 'No such page.')
  if (method !== 'GET' && method !== 'HEAD') return refuse(405, 'Only GET and HEAD.')
  const file = await findPageFile(root, new URL(url).pathname)
  if (!file) return refuse(404, 'No such page.')
  return new Response(method === 'HEAD' ? null : Uint8Array.from(file.body), {
    headers: {
      ...windowHeaders,
      'content-type': file.type,
      'content-length': String(file.body.length),
      'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-store',
    },
  })
}

function refuse(status: number, text: string): Response {
  const headers = { ...windowHeaders, 'content-type': 'text/plain; charset=utf-8' }
  return new Response(`${text}\n`, { status, headers })
}
