import { fieldsOf, textOf } from '../../shared/loose-value.ts'
import { openStateFile } from '../sessions/open-state-file.ts'
import { readBlock } from '../sessions/read-lines.ts'

export interface LinkedDevice {
  readonly linked: boolean
  /** Since the file of its keys was written last; null where there is none. */
  readonly authAgeMs: number | null
  /** Whose account it is. Nothing else of the file is kept: the rest are keys. */
  readonly self: { readonly e164: string | null; readonly jid: string | null }
  /** Why the file says nothing, where there is one. */
  readonly detail?: string
}

const maxBytes = 1024 * 1024
const unlinked: LinkedDevice = { linked: false, authAgeMs: null, self: { e164: null, jid: null } }

/** What `creds.json` of a WhatsApp account tells. Never waits, and never follows a link out of `root`. */
export async function readLinkedDevice(path: string, root: string): Promise<LinkedDevice> {
  const file = await openStateFile(path, root)
  if (file.kind === 'absent') return unlinked
  if (file.kind === 'refused') return { ...unlinked, detail: file.problem.params.detail }
  try {
    if (file.size <= 1) return unlinked
    if (file.size > maxBytes) return { ...unlinked, detail: 'the file of its keys is too long' }
    const { mtimeMs } = await file.handle.stat()
    const { me } = fieldsOf(JSON.parse(String(await readBlock(file.handle, 0, file.size))))
    const jid = textOf(fieldsOf(me).id) ?? null
    return {
      linked: true,
      authAgeMs: Math.max(0, Math.round(Date.now() - mtimeMs)),
      self: { e164: numberOfJid(jid), jid },
    }
  } catch {
    return { ...unlinked, detail: 'the file of its keys is damaged' }
  } finally {
    await file.handle.close()
  }
}

/** `491701234567:12@s.whatsapp.net` is `+491701234567`. */
function numberOfJid(jid: string | null): string | null {
  const digits = /^(\d+)(?::\d+)?@s\.whatsapp\.net$/.exec(jid ?? '')?.[1]
  return digits === undefined ? null : `+${digits}`
}
