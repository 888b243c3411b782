import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { systemClock } from '../../../../host/clock.ts'
import { referencedSecrets } from '../../../../host/config/secret-references.ts'
import { openKeychain } from '../../../../host/secrets/keychain.ts'
import { SecretsOwner } from '../../../../host/secrets/secrets.ts'
import type { SecretsView } from '../../../../shared/secrets.ts'

/** Folders of a host and a state of their own, and owners of the secrets in them. */
export class SecretsHome {
  readonly folder: string
  readonly stateDir: string
  readonly envFilePath: string
  readonly configPath: string
  readonly sealedPath: string
  readonly indexPath: string
  readonly keyFilePath: string
  readonly notes: { kind: string; evidence: Record<string, string | number> }[] = []
  readonly views: SecretsView[] = []
  readonly #owners: SecretsOwner[] = []

  private constructor(folder: string) {
    this.folder = folder
    this.stateDir = join(folder, 'state')
    this.envFilePath = join(this.stateDir, '.env')
    this.configPath = join(this.stateDir, 'moltbot.json')
    this.sealedPath = join(folder, 'host', 'secrets.age')
    this.indexPath = join(folder, 'host', 'secrets.json')
    this.keyFilePath = join(folder, 'host', 'backup-key.txt')
  }

  static async make(): Promise<SecretsHome> {
    const home = new SecretsHome(await mkdtemp(join(tmpdir(), 'moltbot-secrets-')))
    await mkdir(home.stateDir, { mode: 0o700 })
    await mkdir(join(home.folder, 'host'), { mode: 0o700 })
    return home
  }

  /** As the host opens it; with the environment of a keyring's session, over that keychain. */
  async open(env: NodeJS.ProcessEnv = { MOLTBOT_KEYCHAIN: 'none' }): Promise<SecretsOwner> {
    const { stateDir, configPath, envFilePath, indexPath, sealedPath, keyFilePath } = this
    const statePaths = { stateDir, configPath, envFilePath }
    let owner: SecretsOwner | null = null
    const keychain = openKeychain({
      nodePath: process.execPath,
      env,
      clock: systemClock,
      service: `Moltbot ${stateDir}`,
      waiting: (isWaiting) => owner?.keychainWaits(isWaiting),
    })
    owner = await SecretsOwner.open({
      indexPath,
      sealedPath,
      keyFilePath,
      workFactor: 10,
      statePaths,
      env,
      clock: systemClock,
      keychain,
      references: () => referencedSecrets(statePaths),
      changed: (view) => this.views.push(view),
      note: (kind, evidence) => this.notes.push({ kind, evidence }),
    })
    this.#owners.push(owner)
    return owner
  }

  async envFile(): Promise<Record<string, string | undefined>> {
    return { ...parseEnv(await readFile(this.envFilePath, 'utf8').catch(() => '')) }
  }

  async close(): Promise<void> {
    for (const owner of this.#owners.splice(0)) await owner.close()
  }

  async remove(): Promise<void> {
    await this.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** The problem with which a change is refused. */
export async function problemOf(work: Promise<unknown>): Promise<{ code: string; params: unknown }> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error && 'problem' in error) return error.problem as never
    throw error
  }
  throw new Error('nothing was refused')
}
