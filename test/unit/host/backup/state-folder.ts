import { createHash } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const sampleFiles: Readonly<Record<string, string>> = {
  'moltbot.json': '{ gateway: { port: 18789 } }\n',
  '.env': 'CLAWDBOT_GATEWAY_TOKEN=0123456789abcdef\n',
  'agents/main/sessions/sessions.json': '{"agent:main:main":{"sessionId":"s1"}}',
  'agents/main/sessions/s1.jsonl': '{"type":"session"}\n{"type":"message","text":"你好"}\n',
  'credentials/whatsapp/default/creds.json': '{"noiseKey":"abc"}',
  'credentials/whatsapp/default/app-state-sync-key-AAAAAFjk.json': '{}',
  'media/bild mit ä und 空格.bin': 'x'.repeat(70_000),
  [`cron/${'long-'.repeat(30)}name.json`]: '[]',
  'identity/device.json': '{"deviceId":"d"}',
}

/** Writes files, each with the folders above it. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, name), content, { mode: 0o600 })
  }
}

/** A state such as a gateway leaves behind, with an empty folder. */
export function sampleState(folder = join(temporaryFolder(), 'state')): string {
  writeFiles(folder, sampleFiles)
  mkdirSync(join(folder, 'devices'), { mode: 0o700 })
  return folder
}

/** One line for each entry below: kind, rights, content. Equal for trees that are the same in every byte. */
export function treeOf(folder: string, omit: (name: string) => boolean = () => false): string[] {
  const lines: string[] = []
  walk('')
  return lines.sort()

  function walk(at: string): void {
    for (const name of readdirSync(join(folder, at))) {
      const path = at === '' ? name : `${at}/${name}`
      if (omit(path)) continue
      const full = join(folder, path)
      const found = lstatSync(full)
      const mode = (found.mode & 0o7777).toString(8)
      if (found.isDirectory()) {
        lines.push(`${path}/ ${mode}`)
        walk(path)
      } else if (found.isSymbolicLink()) lines.push(`${path} -> ${readlinkSync(full)}`)
      else if (found.isFile()) lines.push(`${path} ${mode} ${sha256(readFileSync(full))}`)
      else lines.push(`${path} special`)
    }
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Of a job that nobody watches and that may pause nothing. */
export function silentHooks() {
  return {
    signal: new AbortController().signal,
    progress() {},
    pause: async () => false,
    resume() {},
  }
}
