import { HTTPError } from '@electron/get'
import { StalledError } from './while-heard.ts'

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the name of the server could not be found',
  EAI_AGAIN: 'the name of the server could not be looked up',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the server cannot be reached',
  ETIMEDOUT: 'the server did not answer',
  ENOSPC: 'the disk is full',
  EACCES: 'a folder may not be written to',
  EROFS: 'the disk is read-only',
}

/** A few words for people, without the address: one of a mirror may hold a password. */
export function whyItFailed(error: unknown): string {
  if (error instanceof StalledError) return `nothing arrived for ${error.seconds} s`
  if (error instanceof HTTPError) return `the server answered ${error.response.status}`
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : ''
    const reason = reasons[code]
    if (reason) return reason
    // `fetch` tries each address of a name and collects what became of each.
    if (at instanceof AggregateError) return whyItFailed(at.errors[0])
    // Its class is that of a package which only another package depends on.
    if (at.constructor.name === 'ChecksumMismatchError')
      return 'what arrived is not what its makers published'
    if (!at.cause) return code || at.name
  }
  return 'for an unknown reason'
}
