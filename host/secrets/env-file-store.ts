import { mkdir, readFile, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Problem, ProblemError, problem } from '../../shared/problem.ts'
import { readEnvFile } from '../config/env-file.ts'
import { readTextFile } from '../config/read-text-file.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { removeEnvLine, setEnvLine } from './env-lines.ts'
import { KeyFile } from './key-file.ts'
import { isPrivateAccount } from './private-accounts.ts'
import type { SecretStore, StoreLook, StoreOutcome } from './secret-store.ts'

/**
 * The `.env` of the state folder, which Moltbot reads too. What is not for the gateway lies in a file of the
 * host's own. Both are 0600 and readable to whoever reads this user's files.
 */
export class EnvFileStore implements SecretStore {
  readonly kind = 'envFile'
  readonly title: string
  readonly #keyFile: KeyFile

  constructor(envFilePath: string, keyFilePath: string) {
    this.title = envFilePath
    this.#keyFile = new KeyFile(keyFilePath)
  }

  async look(): Promise<StoreLook> {
    const file = await readEnvFile(this.title)
    if (file.ok) return { state: 'ready', problem: null }
    return { state: 'failed', problem: { code: file.code, params: file.params } as Problem }
  }

  /** Every value of the file, whoever wrote it. */
  async readAll(): Promise<StoreOutcome<Readonly<Record<string, string>>>> {
    const file = await readEnvFile(this.title)
    return file.ok ? { ok: true, value: file.values } : file
  }

  async get(account: string): Promise<StoreOutcome<string | null>> {
    if (isPrivateAccount(account)) return this.#keyFile.get(account)
    const file = await this.readAll()
    if (!file.ok) return file
    return { ok: true, value: Object.hasOwn(file.value, account) ? (file.value[account] ?? null) : null }
  }

  async set(account: string, value: string): Promise<StoreOutcome<null>> {
    if (isPrivateAccount(account)) return this.#keyFile.set(account, value)
    const done = await this.#edit(account, (text) => setEnvLine(text, account, value))
    return done.ok ? { ok: true, value: null } : done
  }

  async delete(account: string): Promise<StoreOutcome<boolean>> {
    if (isPrivateAccount(account)) return this.#keyFile.delete(account)
    return this.#edit(account, (text) => removeEnvLine(text, account))
  }

  /** Resolves to whether the file had to change. A link is followed: the file it leads to is the one changed. */
  async #edit(name: string, change: (text: string) => string | null): Promise<StoreOutcome<boolean>> {
    const path = this.title
    try {
      const readable = await readTextFile(path) // neither a device nor a FIFO, which would be waited for
      if (!readable.ok) return readable
      const file = await realpath(path).catch(() => path)
      const before = await readIfThere(file)
      const text =
        before === null ? '' : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(before)
      const changed = change(text)
      if (changed === null) return { ok: false, ...problem('ENV_FILE_CANNOT_HOLD', { name, path }) }
      if (changed === text) return { ok: true, value: false }
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await writeFileAtomically(file, changed, 0o600, async () => {
        const now = await readIfThere(file)
        if (now === null ? before !== null : !before?.equals(now)) {
          throw new ProblemError(
            problem('ENV_FILE_NOT_WRITTEN', { path, detail: 'another program wrote it' }),
          )
        }
      })
      return { ok: true, value: true }
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, ...error.problem }
      const detail = (error as NodeJS.ErrnoException).code ?? String(error)
      return { ok: false, ...problem('ENV_FILE_NOT_WRITTEN', { path, detail }) }
    }
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
