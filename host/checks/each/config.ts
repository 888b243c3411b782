import type { Problem } from '../../../shared/problem.ts'
import { checkSupported } from '../../config/check-supported.ts'
import type { LocatedIssue } from '../../config/config-issue.ts'
import { writeConfigMember } from '../../config/edit-config-file.ts'
import type { ConfigOutcome, LoadedConfig } from '../../config/load-config.ts'
import { unknownKeyDetail } from '../../config/schema/unknown-key.ts'
import { lstatOrNull } from '../file-mode.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'
import { writeMissing } from '../write-missing.ts'

/** Every issue of the configuration in one look. A file that cannot be read is never written. */
export const configCheck: Check = {
  name: 'config',
  async look(ground) {
    const loaded = await ground.config()
    if (!loaded.ok) return refusals(loaded)
    const unsupported = await checkSupported(loaded)
    return [
      ...(unsupported ? [invalid(unsupported.params)] : []),
      ...loaded.warnings.map(withoutEffect),
      ...(await absent(ground, loaded)),
      ...modeUnset(ground, loaded),
    ]
  },
}

/** For the audit: what it says of a configuration that nobody can read, would be said of none. */
export const readableConfigCheck: Check = {
  name: 'config',
  async look(ground) {
    const loaded = await ground.config()
    return loaded.ok ? [] : refusals(loaded)
  },
}

function refusals({ code, params, others }: Extract<ConfigOutcome, { ok: false }>): Found[] {
  return [{ code, params } as Problem, ...others].flatMap(refused)
}

function refused(wrong: Problem): Found[] {
  switch (wrong.code) {
    case 'CONFIG_SYNTAX':
      return [found('configSyntax', 'critical', wrong.params)]
    case 'CONFIG_INVALID':
      return [invalid(wrong.params)]
    case 'CONFIG_MORE_INVALID':
      return [found('configMoreInvalid', 'critical', wrong.params)]
    case 'STATE_DIR_NOT_A_FOLDER':
    case 'STATE_DIR_NOT_WRITABLE':
      return [] // the state folder's own check says so
    case 'CONFIG_TOO_LARGE': {
      const { path, limitBytes } = wrong.params
      return [found('configUnreadable', 'critical', { path, detail: `it has more than ${limitBytes} bytes` })]
    }
    case 'CONFIG_NOT_A_FILE':
      return [
        found('configUnreadable', 'critical', {
          path: wrong.params.path,
          detail: 'it is not a regular file',
        }),
      ]
    case 'CONFIG_UNREADABLE':
    case 'CONFIG_REFUSED':
      return [found('configUnreadable', 'critical', wrong.params)]
    default:
      return [found('configUnreadable', 'critical', { path: '', detail: wrong.code })]
  }
}

function invalid({ path, line, column, key, detail, suggestion }: LocatedIssue): Found {
  const facts = { path, line, column, key }
  if (detail !== unknownKeyDetail) {
    const meant = suggestion === undefined ? '' : ` (${suggestion}?)`
    return found('configInvalid', 'critical', { ...facts, detail: detail + meant })
  }
  return suggestion === undefined
    ? found('configUnknownKey', 'critical', facts)
    : found('configMisspelledKey', 'critical', { ...facts, suggestion })
}

function withoutEffect({ path, line, column, key, detail }: LocatedIssue): Found {
  return found('configWithoutEffect', 'warn', { path, line, column, key, detail })
}

async function absent(ground: Ground, { sources }: LoadedConfig): Promise<Found[]> {
  const { stateDir, configPath: path } = ground.statePaths
  // Without a state folder all of it is still to be made, and its own check says so.
  if (sources.length > 0 || !(await lstatOrNull(stateDir))) return []
  return [found('configMissing', 'info', { path }, { mend: () => writeMissing(ground, path) })]
}

/** Moltbot itself refuses to start without it. */
function modeUnset({ statePaths, namesOnly }: Ground, { config, sources }: LoadedConfig): Found[] {
  if (sources.length === 0 || config.gateway?.mode !== undefined) return []
  const path = statePaths.configPath
  const mend = async () => {
    const member = { section: 'gateway', name: 'mode' } as const
    const written = await writeConfigMember({ paths: statePaths, env: namesOnly }, member, 'local')
    return written.ok ? null : ({ code: written.code, params: written.params } as Problem)
  }
  return [found('modeUnset', 'warn', { path }, { mend })]
}
