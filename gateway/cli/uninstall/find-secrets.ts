import { systemClock } from '../../../host/clock.ts'
import { type Keychain, openKeychain } from '../../../host/secrets/keychain.ts'
import { keychainService } from '../../../host/secrets/keychain-service.ts'
import { privateAccounts } from '../../../host/secrets/private-accounts.ts'
import { namesIn } from '../../../host/secrets/secrets-index.ts'
import { readSecretsIndex } from '../../../host/secrets/stored-names.ts'
import { backupNamePattern } from '../../../shared/backups.ts'
import { problemText } from '../../../shared/wording/terminal-text.ts'
import { backupsElsewhere } from './backups-elsewhere.ts'
import { isThere } from './find-backups.ts'
import { nothingToDo, type Removable, type UninstallGround } from './removable.ts'
import { ownFiles, removeOwn } from './remove-own.ts'

/**
 * Secrets in the keychain, with the list of their names, and the sealed file. What opens backups is kept beside them
 * and goes with the backups.
 */
export async function findSecrets(ground: UninstallGround): Promise<Removable[]> {
  const { hostPaths, uid, wishes } = ground
  const { secretsIndexPath, sealedSecretsPath } = hostPaths
  const found: Removable[] = []
  const unlessAsked = wishes.secrets ? null : 'secrets stay unless you add --secrets'
  const holdsKey = 'it may hold the key of your backups, too: it goes with --secrets and --backups'
  const isSealedThere = await isThere(sealedSecretsPath)
  const elsewhere = await backupsElsewhere(hostPaths)
  const opens = elsewhere && `it may hold the key of the backups in ${elsewhere}: yours to remove, with them`
  const sealedKept = unlessAsked ?? (wishes.backups ? opens : holdsKey)
  if (isSealedThere) {
    const what = 'the sealed file of your secrets'
    const remove = sealedKept === null ? () => removeOwn(sealedSecretsPath, uid) : nothingToDo
    found.push({ what, place: sealedSecretsPath, bytes: null, kept: sealedKept, remove })
  }
  if (wishes.backups && elsewhere === null && hasKeychain(ground) && (await hasBackups(ground))) {
    found.push(keychainEntries(ground, 'the key of your backups in the keychain', privateAccounts, null))
  }
  if (!(await isThere(secretsIndexPath))) return found
  const index = await readSecretsIndex(secretsIndexPath)
  const names = index ? namesIn(index.secrets, 'keychain') : []
  let failed: string | null = null
  const leftBehind = () => failed !== null
  if (names.length > 0) {
    const what = names.length === 1 ? 'one secret in the keychain' : `${names.length} secrets in the keychain`
    const entries = keychainEntries(ground, what, names, unlessAsked)
    const remove = async () => {
      failed = await entries.remove()
      return failed
    }
    found.push({ ...entries, remove })
  }
  // Whoever keeps secrets, or could not remove them, needs the list to find them again.
  const unread = index ? null : 'it cannot be read, and may name secrets in the keychain'
  const kept = unread ?? (isSealedThere ? sealedKept : names.length > 0 ? unlessAsked : null)
  found.push({
    what: 'the list of the names of your secrets',
    place: secretsIndexPath,
    bytes: null,
    kept,
    remove: kept === null ? () => removeIndex(secretsIndexPath, uid, leftBehind) : nothingToDo,
  })
  return found
}

async function removeIndex(path: string, uid: number, leftBehind: () => boolean): Promise<string | null> {
  return leftBehind() ? 'there are secrets left that it names' : removeOwn(path, uid)
}

function openOwnKeychain({ env, statePaths }: UninstallGround): Keychain | null {
  return openKeychain({
    nodePath: process.execPath,
    env,
    clock: systemClock,
    service: keychainService(statePaths.stateDir),
    waiting: () => {},
  })
}

/** Whether this session has one at all; nobody is asked. */
function hasKeychain(ground: UninstallGround): boolean {
  const keychain = openOwnKeychain(ground)
  void keychain?.close()
  return keychain !== null
}

async function hasBackups({ hostPaths, uid }: UninstallGround): Promise<boolean> {
  const files = await ownFiles(hostPaths.backupFolder, uid, (name) => backupNamePattern.test(name))
  return files.length > 0 || (await isThere(hostPaths.backupsPath))
}

function keychainEntries(
  ground: UninstallGround,
  what: string,
  accounts: readonly string[],
  kept: string | null,
): Removable {
  const place = `service ${keychainService(ground.statePaths.stateDir)}`
  const remove = async () => {
    const keychain = openOwnKeychain(ground)
    if (!keychain) return 'this session has no keychain: run it in the session of your desktop'
    try {
      return await removeAccounts(keychain, accounts)
    } finally {
      await keychain.close()
    }
  }
  return {
    what,
    place,
    bytes: null,
    kept,
    remove: kept === null ? remove : nothingToDo,
  }
}

async function removeAccounts(keychain: Keychain, accounts: readonly string[]): Promise<string | null> {
  for (const account of accounts) {
    const gone = await keychain.delete(account)
    if (!gone.ok) return problemText(gone)
  }
  return null
}
