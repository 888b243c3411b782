import { realpathSync } from 'node:fs'
import { lstat, unlink } from 'node:fs/promises'
import { readTextFile } from '../../../host/config/read-text-file.ts'
import { changeService } from '../../../host/gateway-service/change-service.ts'
import { lookAtService } from '../../../host/gateway-service/look-at-service.ts'
import { findServiceManager } from '../../../host/gateway-service/open-service-manager.ts'
import { isUnedited } from '../../../host/login-item/desktop-entry.ts'
import { hostLoginItem } from '../../../host/login-item/host-login-item.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { detailOf, whyNotOurs } from './remove-own.ts'

/** Launch at login; also as the desktop application wrote it, whose entry has the same path. */
export async function findLoginItem({ env, home, platform, uid }: UninstallGround): Promise<Removable[]> {
  const entry = realpathSync(process.argv[1] ?? '')
  const item = hostLoginItem({ env, home, platform, nodePath: process.execPath, entry })
  const { path, state } = await item.look()
  const stats = path === null ? null : await lstat(path).catch(() => null)
  if (path === null || !stats) return []
  const what = 'launch at login'
  const flaw = whyNotOurs(stats, uid)
  const read = flaw ? null : await readTextFile(path)
  const text = read?.ok ? (read.text ?? '') : ''
  const isOurs = platform === 'darwin' ? state === 'on' : isUnedited(text)
  const kept = flaw ?? (isOurs ? null : 'it was edited, or written by another program')
  const remove = () => unlink(path).then(() => null, detailOf)
  return [{ what, place: path, bytes: null, kept, remove: kept === null ? remove : nothingToDo }]
}

/** The gateway service, where its file is ours and for this state. */
export async function findService({ env, home }: UninstallGround): Promise<Removable[]> {
  const { file, path, unit } = await lookAtService(env)
  if (file === 'absent') return []
  const what = 'the gateway service'
  if (file !== 'ours') {
    const kept = file === 'edited' ? 'it was edited' : 'it is of another program, or for another state'
    return [{ what, place: path, bytes: null, kept, remove: nothingToDo }]
  }
  const remove = async () => {
    const found = findServiceManager(env, process.platform)
    if (!found.ok) return problemText(found)
    const { manager } = found
    // No host runs by now whose own gateway would have to wait for this.
    const gateway = { hold: async () => {}, release() {} }
    const refused = await changeService.uninstall({ env, home, manager, path, gateway }, false)
    return refused && problemText(refused)
  }
  return [{ what: `${what} ${unit}`, place: path, bytes: null, kept: null, remove }]
}
