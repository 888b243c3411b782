import { readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { problem } from '../../shared/problem.ts'
import { syncFolder, writeFileAtomically } from '../files/atomic-write.ts'
import type { PrivateAccount } from './private-accounts.ts'
import type { StoreOutcome } from './secret-store.ts'

type Values = { [A in PrivateAccount]?: string }

/**
 * The backup key of an owner without keychain and sealed file: 0600, and an age identity file as it stands,
 * so that `age -d -i` opens a backup with it. The passphrase, where there is one, is in a comment.
 */
export class KeyFile {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async get(account: PrivateAccount): Promise<StoreOutcome<string | null>> {
    const read = await this.#read()
    return read.ok ? { ok: true, value: read.value[account] ?? null } : read
  }

  async set(account: PrivateAccount, value: string): Promise<StoreOutcome<null>> {
    const read = await this.#read()
    return read.ok ? this.#write({ ...read.value, [account]: value }) : read
  }

  async delete(account: PrivateAccount): Promise<StoreOutcome<boolean>> {
    const read = await this.#read()
    if (!read.ok) return read
    const { [account]: former, ...others } = read.value
    if (former === undefined) return { ok: true, value: false }
    const written = await this.#write(others)
    return written.ok ? { ok: true, value: true } : written
  }

  async #read(): Promise<StoreOutcome<Values>> {
    let text: string
    try {
      text = await readFile(this.#path, 'utf8')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return { ok: true, value: {} }
      return {
        ok: false,
        ...problem('ENV_FILE_NOT_WRITTEN', { path: this.#path, detail: code ?? String(error) }),
      }
    }
    const values: Values = {}
    for (const line of text.split('\n')) {
      const comment = /^# passphrase: (.*)$/.exec(line)
      if (comment?.[1]) values['backup-passphrase'] = String(JSON.parse(comment[1]))
      else if (line !== '' && !line.startsWith('#')) values['backup-identity'] = line
    }
    return { ok: true, value: values }
  }

  async #write(values: Values): Promise<StoreOutcome<null>> {
    const { 'backup-identity': identity, 'backup-passphrase': passphrase } = values
    const lines = [
      '# Key of the backups of Moltbot. Whoever has it can read them; without it nobody can.',
      ...(passphrase === undefined ? [] : [`# passphrase: ${JSON.stringify(passphrase)}`]),
      ...(identity === undefined ? [] : [identity]),
    ]
    try {
      if (lines.length > 1) await writeFileAtomically(this.#path, `${lines.join('\n')}\n`)
      else {
        await rm(this.#path, { force: true })
        await syncFolder(dirname(this.#path))
      }
      return { ok: true, value: null }
    } catch (error) {
      const detail = (error as NodeJS.ErrnoException).code ?? String(error)
      return { ok: false, ...problem('ENV_FILE_NOT_WRITTEN', { path: this.#path, detail }) }
    }
  }
}
