import json5 from 'json5'
import { editConfig } from '../../../host/config/edit/edit-config.ts'
import { append, type KeyStep, writeKey } from '../../../host/config/edit/key-path.ts'
import { leavesOf } from '../../../host/config/edit/plain-value.ts'
import { holdsSecret } from '../../../host/config/edit/secret-guard.ts'
import { configLimitBytes } from '../../../host/config/read-text-file.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import type { SetOptions } from '../commands/config.ts'
import { readHidden } from '../secrets/read-hidden.ts'
import { readPiped } from '../secrets/read-piped.ts'
import { tellUsage } from '../tell.ts'
import { openConfig, readKey } from './open-config.ts'
import { sayChange, tellRefused } from './say-change.ts'

/** Sets one key; resolves to the exit code. */
export async function setConfig(
  key: string,
  typed: string | undefined,
  options: SetOptions,
): Promise<number> {
  const steps = readKey(key, false)
  if (typeof steps === 'number') return steps
  if (options.json && options.string) return usage('Choose one of --json and --string')
  const isPrivate = typed === undefined || typed === '-'
  const text = isPrivate ? await readValue(writeKey(steps)) : typed
  if (text === null) {
    process.stderr.write('Nothing was changed.\n')
    return exitCode.failed
  }
  const value = readValueOf(text, options)
  if (value === undefined) return usage('The value is not JSON5, as --json asks')
  if (options.literal && !isPrivate && isSecretAt(steps, value)) {
    return usage(
      'No secret on the command line, please: every program of this machine could read it, and your shell keeps ' +
        'it. Give - in its place: it is then asked for, or read from standard input',
    )
  }
  const opened = await openConfig()
  const rules = { allowsLiterals: options.literal === true }
  const set = (wanted: unknown) => editConfig(opened, [{ key: steps, value: wanted }], rules)
  let outcome = await set(value)
  // `+4915112345678` reads as a number, and a telephone number is a text: what is valid was meant.
  if (!outcome.ok && outcome.code === 'CONFIG_CHANGE_INVALID' && isGuessed(value, options)) {
    const asText = await set(text)
    if (asText.ok) outcome = asText
  }
  if (!outcome.ok) return tellRefused(outcome, false)
  const name = writeKey(steps)
  if (!outcome.isChanged) return sayChange(outcome, `${name} has that value already, in ${outcome.path}.`)
  return sayChange(outcome, `${name} is set in ${outcome.path}.`)
}

function readValueOf(text: string, { json, string }: SetOptions): unknown {
  if (string) return text
  try {
    return json5.parse(text)
  } catch {
    return json ? undefined : text
  }
}

/** A single value that nobody said is no text. */
function isGuessed(value: unknown, { json, string }: SetOptions): boolean {
  return !json && !string && typeof value !== 'string' && typeof value !== 'object'
}

function isSecretAt(steps: readonly KeyStep[], value: unknown): boolean {
  const at = steps.map((step) => (step === append ? 0 : step))
  return [...leavesOf(value)].some(([path, leaf]) => holdsSecret([...at, ...path], leaf))
}

async function readValue(key: string): Promise<string | null> {
  if (process.stdin.isTTY) return readHidden(`Value of ${key} (not shown): `)
  const piped = await readPiped(configLimitBytes)
  return piped.ok ? piped.text : null
}

function usage(detail: string): number {
  tellUsage(detail)
  return exitCode.wrongUsage
}
