import { readSmallFile } from './read-small-file.ts'

export interface OpeningOptions {
  readonly identity?: string
  readonly passphraseFile?: string
}

export type OpeningArgs = { readonly identity?: string; readonly passphrase?: string }
type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly detail: string }

const identityLimitBytes = 32_768
const passphraseLimitBytes = 1024

/** What opens a backup, from the files that the options name; empty leaves it to what this machine keeps. */
export async function readOpening(options: OpeningOptions): Promise<Outcome<OpeningArgs>> {
  if (options.identity !== undefined && options.passphraseFile !== undefined) {
    return { ok: false, detail: 'Give either --identity or --passphrase-file' }
  }
  if (options.identity !== undefined) {
    const file = await readSmallFile(options.identity, identityLimitBytes)
    return file.ok ? { ok: true, value: { identity: file.text } } : file
  }
  const passphrase = await readPassphrase(options.passphraseFile)
  if (!passphrase.ok) return passphrase
  return { ok: true, value: passphrase.value === undefined ? {} : { passphrase: passphrase.value } }
}

/** The first line of the file: editors end it with a line break that is no part of it. */
export async function readPassphrase(path: string | undefined): Promise<Outcome<string | undefined>> {
  if (path === undefined) return { ok: true, value: undefined }
  const file = await readSmallFile(path, passphraseLimitBytes)
  if (!file.ok) return file
  const value = file.text.replace(/\r?\n$/, '')
  if (value === '') return { ok: false, detail: `${path} holds no passphrase` }
  if (/[\r\n]/.test(value)) return { ok: false, detail: `${path} must hold the passphrase in one line` }
  return { ok: true, value }
}
