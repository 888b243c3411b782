import { open, readFile, realpath } from 'node:fs/promises'
import { problem } from '../../shared/problem.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { type ConfigMember, type MemberValue, withMember } from './edit-config.ts'
import { checkEdit, type EditOutcome } from './edit-config-check.ts'
import { writeWhatIsMissing } from './first-run.ts'
import { type ConfigOutcome, loadConfig } from './load-config.ts'
import { readTextFile } from './read-text-file.ts'
import type { Environment, StatePaths } from './state-paths.ts'

/** Whoever keeps writing at the same moment is an editor or a script; it is done after a try or two. */
const attempts = 3

export interface ConfigEdit {
  readonly paths: StatePaths
  readonly env: Environment
  readonly write?: typeof writeFileAtomically
}

/** Writes `gateway.port`, or takes it out where it is null; see {@link writeConfigMember}. */
export function writeGatewayPort(edit: ConfigEdit, port: number | null): Promise<EditOutcome> {
  return writeConfigMember(edit, { section: 'gateway', name: 'port' }, port)
}

/**
 * Writes one member of the configuration, or takes it out, and nothing else. The new text is first loaded
 * beside the old one: where anything but that member would differ, nothing is written. A change that someone
 * else makes meanwhile is taken in, not overwritten; a link stays a link; mode and owner stay. A file that is
 * not there is made as at the first start.
 */
export async function writeConfigMember(
  edit: ConfigEdit,
  member: ConfigMember,
  value: MemberValue,
): Promise<EditOutcome> {
  const { configPath } = edit.paths
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const outcome = await tryOnce(edit, member, value).catch((error: unknown): EditOutcome => {
      const { code, message } = error as NodeJS.ErrnoException
      return { ok: false, ...problem('CONFIG_NOT_WRITTEN', { path: configPath, detail: code ?? message }) }
    })
    if (outcome !== 'again') return outcome
  }
  return { ok: false, ...problem('CONFIG_CHANGED_MEANWHILE', { path: configPath }) }
}

async function tryOnce(
  edit: ConfigEdit,
  member: ConfigMember,
  value: MemberValue,
): Promise<EditOutcome | 'again'> {
  const { paths, env, write = writeFileAtomically } = edit
  const found = await readTextFile(paths.configPath)
  if (!found.ok) return found
  if (found.text === null) {
    if (value === null) return { ok: true }
    const made = await writeWhatIsMissing(paths, env)
    return made.ok ? 'again' : made
  }
  const target = await realpath(paths.configPath)
  const bytes = await readFile(target)
  const text = bytes.toString('utf8')
  // The reader leaves a byte order mark out; the file keeps it.
  if (text.replace(/^\uFEFF/, '') !== found.text) return 'again'

  const before = await loadAs(edit, text)
  if (!before.ok) return before
  const edited = await withMember(text, member, value)
  const checked = await checkEdit(
    { path: paths.configPath, text, edited, member, value, before },
    await loadAs(edit, edited),
  )
  if (!checked.ok) return checked
  if (edited === text) return { ok: true }

  const mode = await writableMode(target)
  try {
    await write(target, edited, mode, async () => {
      const isSame = (await realpath(paths.configPath)) === target && bytes.equals(await readFile(target))
      if (!isSame) throw new ChangedMeanwhile()
    })
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return 'again'
    throw error
  }
  return { ok: true }
}

/**
 * Its mode, where this user owns it and may write it. The rename asks for neither: it would give a file to
 * another owner, and replace one that its owner has made read-only.
 */
async function writableMode(path: string): Promise<number> {
  const file = await open(path, 'r+')
  const { uid, mode } = await file.stat().finally(() => file.close())
  if (uid !== process.geteuid?.()) throw new Error(`it belongs to user ${uid}`)
  return mode & 0o777
}

function loadAs({ paths, env }: ConfigEdit, text: string): Promise<ConfigOutcome> {
  return loadConfig(paths, env, async () => ({ ok: true, text }))
}

/** Ends the write before its rename; never leaves this file. */
class ChangedMeanwhile extends Error {}
