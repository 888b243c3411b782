import { access, constants } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import { userName } from '../../processes/user-name.ts'
import { type Check, type Found, found } from '../finding.ts'
import type { Ground } from '../ground.ts'
import { isSecretKey } from '../secret-key.ts'
import { readServiceFiles, type ServiceFile } from '../service-file.ts'

/** The gateway's service, where there is one: what it starts must be there, and no secret in its file. */
export const serviceCheck: Check = {
  name: 'service',
  async look(ground) {
    const files = await readServiceFiles(ground)
    const findings: Found[] = []
    for (const file of files) {
      if (file.isLegacy) findings.push(found('serviceLegacy', 'warn', { path: file.path }))
      findings.push(...(await missingParts(file)), ...secretsIn(file))
    }
    return [...findings, ...(await managed(ground))]
  },
}

/** Also for the audit, which asks for nothing else of a service. */
export function secretsIn({ path, environment }: ServiceFile): Found[] {
  const names = Object.entries(environment).filter(([name, value]) => isSecretKey(name) && isPlain(value))
  if (names.length === 0) return []
  const listed = names.map(([name]) => name).join(', ')
  return [found('serviceSecrets', 'warn', { path, names: listed })]
}

async function missingParts({ path, command }: ServiceFile): Promise<Found[]> {
  const [program, entry] = command
  if (!program) return []
  if (isAbsolute(program) && !(await isThere(program))) {
    return [found('serviceNodeGone', 'critical', { path, program })]
  }
  // Of a shell or another launcher nothing is known.
  const isNode = /^(?:node|bun)\d*$/.test(basename(program))
  if (isNode && entry && isAbsolute(entry) && !(await isThere(entry))) {
    return [found('serviceEntryGone', 'critical', { path, program: entry })]
  }
  return []
}

/** What systemd or launchd says of it. */
async function managed({ knowledge, uid }: Ground): Promise<Found[]> {
  const view = await knowledge.service()
  if (!view || view.file === 'absent') return []
  const { unit, path } = view
  const findings: Found[] = []
  if (view.file === 'edited') findings.push(found('serviceEdited', 'info', { path }, { isNote: true }))
  if (view.file === 'foreign') findings.push(found('serviceForeign', 'info', { path }, { isNote: true }))
  if (view.active === 'unloaded') findings.push(found('serviceUnloaded', 'warn', { unit, path }))
  if (view.active === 'failed') findings.push(found('serviceFailed', 'warn', { unit }))
  if (view.manager === 'systemd' && view.enabled === true && view.linger === false) {
    findings.push(found('lingerOff', 'info', { unit, user: await userName(uid) }))
  }
  return findings
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}

/** Neither empty nor taken from elsewhere. */
function isPlain(value: string): boolean {
  return value !== '' && !value.includes('${')
}
