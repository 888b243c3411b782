import type { HostClient } from '../../../shared/host-client.ts'
import type { SecretStoreKind, SecretsView } from '../../../shared/secrets.ts'
import { ask } from '../../parts/ask.ts'
import { useSecrets } from './secrets-store.ts'

/** Each resolves to whether the host did it. The page's places: `store`, `add`, and a secret's name. */
export interface SecretCommands {
  look(): Promise<boolean>
  set(place: string, name: string, value: string): Promise<boolean>
  delete(name: string): Promise<boolean>
  /** Out of the readable file. */
  move(name: string): Promise<boolean>
  rotateToken(name: string): Promise<boolean>
  chooseStore(kind: SecretStoreKind, passphrase?: string): Promise<boolean>
  unlock(passphrase: string): Promise<boolean>
}

export function secretCommands(client: HostClient): SecretCommands {
  type Answer = () => ReturnType<typeof client.call<'secrets.look'>>
  async function asked(place: string, answer: Answer): Promise<boolean> {
    const view: SecretsView | null = await ask(useSecrets, place, answer)
    if (view) useSecrets.getState().changed(view)
    return view !== null
  }
  return {
    look: () => asked('store', () => client.call('secrets.look')),
    set: (place, name, value) => asked(place, () => client.call('secrets.set', { name, value })),
    delete: (name) => asked(name, () => client.call('secrets.delete', { name })),
    move: (name) => asked(name, () => client.call('secrets.move', { name })),
    rotateToken: (name) => asked(name, () => client.call('secrets.rotateToken')),
    chooseStore: (kind, passphrase) =>
      asked('store', () =>
        client.call('secrets.useStore', passphrase === undefined ? { kind } : { kind, passphrase }),
      ),
    unlock: (passphrase) => asked('store', () => client.call('secrets.unlock', { passphrase })),
  }
}
