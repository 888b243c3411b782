import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expandHome } from '../../host/config/state-paths.ts'
import { fieldsOf, type LooseFields, listOf, textOf } from '../../shared/loose-value.ts'
import type { SessionState } from '../sessions/session-state.ts'
import { type LinkedDevice, readLinkedDevice } from './linked-device.ts'

export const defaultAccount = 'default'

export interface WhatsAppAccount {
  readonly accountId: string
  readonly name?: string
  readonly enabled: boolean
  readonly dmPolicy?: string
  readonly allowFrom?: readonly string[]
  readonly device: LinkedDevice
}

/** Those of the configuration; where it names none, the one that needs no name. */
export async function whatsAppAccounts(state: SessionState): Promise<readonly WhatsAppAccount[]> {
  const channel = fieldsOf(fieldsOf(state.config.channels).whatsapp)
  const configured = fieldsOf(channel.accounts)
  const named = Object.keys(configured)
    .filter(isAccountId)
    .sort((a, b) => a.localeCompare(b))
  const ids = named.length > 0 ? named : [defaultAccount]
  return Promise.all(ids.map((id) => describe(state, id, channel, fieldsOf(configured[id]))))
}

/** Whether anything says that WhatsApp is used: the configuration, or a device that was linked. */
export async function usesWhatsApp(state: SessionState): Promise<boolean> {
  if (fieldsOf(state.config.channels).whatsapp !== undefined) return true
  const accounts = await whatsAppAccounts(state)
  return accounts.some(({ device }) => device.linked) || (await hasFolders(state))
}

async function hasFolders({ stateDir }: SessionState): Promise<boolean> {
  const names = await readdir(join(stateDir, 'credentials', 'whatsapp')).catch(() => [])
  return names.length > 0
}

async function describe(
  state: SessionState,
  accountId: string,
  channel: LooseFields,
  account: LooseFields,
): Promise<WhatsAppAccount> {
  const name = textOf(account.name)
  const dmPolicy = textOf(account.dmPolicy) ?? textOf(channel.dmPolicy)
  const allowFrom = listOf(account.allowFrom ?? channel.allowFrom).filter(
    (entry) => typeof entry === 'string',
  )
  return {
    accountId,
    ...(name === undefined ? {} : { name }),
    enabled: channel.enabled !== false && account.enabled !== false,
    ...(dmPolicy === undefined ? {} : { dmPolicy }),
    ...(allowFrom.length === 0 ? {} : { allowFrom }),
    device: await deviceOf(state, accountId, textOf(account.authDir)),
  }
}

async function deviceOf(
  state: SessionState,
  accountId: string,
  authDir: string | undefined,
): Promise<LinkedDevice> {
  if (authDir !== undefined) {
    const folder = expandHome(authDir, state.home)
    return readLinkedDevice(join(folder, 'creds.json'), folder)
  }
  const credentials = join(state.stateDir, 'credentials')
  const own = await readLinkedDevice(join(credentials, 'whatsapp', accountId, 'creds.json'), state.stateDir)
  if (own.linked || accountId !== defaultAccount) return own
  // The first releases kept it beside the tokens of model providers.
  const former = await readLinkedDevice(join(credentials, 'creds.json'), state.stateDir)
  return former.linked ? former : own
}

/** The name of a folder is made of it. */
function isAccountId(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(text)
}
