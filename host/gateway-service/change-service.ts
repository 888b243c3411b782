import { mkdir, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Problem, problem } from '../../shared/problem.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { keepBeside } from '../files/keep-beside.ts'
import { launchdPlist, plistHead } from './launchd-plist.ts'
import { proveService } from './prove-service.ts'
import { fileProblem, readServiceFile } from './read-service-file.ts'
import { markedPlist, markedUnit } from './service-file.ts'
import type { ServiceManager } from './service-manager.ts'
import type { ServiceOwnerParts } from './service-owner.ts'
import { type ServiceProgram, serviceProgram } from './service-program.ts'
import { systemdUnit } from './systemd-unit.ts'

export interface ServiceGround extends ServiceOwnerParts {
  readonly manager: ServiceManager
  readonly home: string
  readonly path: string
}

const proofLimitMs = 30_000

/** Each resolves to null, or to why nothing is different from before. */
export const changeService = { install, uninstall }

/**
 * Our child ends, the service takes its place and has to prove itself; if it does not, whatever was there
 * before comes back, and our child with it.
 */
async function install(ground: ServiceGround, replace: boolean): Promise<Problem | null> {
  const text = serviceText(ground)
  if (!text.ok) return problem(text.code, text.params)
  const { path, env, home, manager, gateway } = ground
  const found = await readServiceFile(path, env, home)
  const refused = refusal(fileProblem(found, path), replace) ?? (await cannotStart(ground))
  if (refused) return refused
  const [before, former] = [await manager.status(), await manager.running()]
  const other = await gateway.findOther()
  const otherPid = other ? Number((other.params as { pid?: unknown }).pid) : null
  if (other && (otherPid === null || !before.ok || before.pid !== otherPid)) return notOurs(ground, other)

  await gateway.hold()
  try {
    let kept: string | null = null
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      if (manager.kind === 'launchd') await mkdir(logsFolder(ground), { recursive: true, mode: 0o700 })
      if (found.file !== 'absent') kept = await keepBeside(path)
      await writeFileAtomically(path, text.value, 0o644)
    } catch (error) {
      if (kept) await rename(kept, path)
      return notWritten(path, error)
    }
    const failed = (await manager.load({ now: true, withEachSession: true })) ?? (await unproved(ground))
    if (!failed) {
      // What only we had written is of no use to anybody.
      if (kept && found.file === 'ours') await unlink(kept)
      return null
    }
    await manager.unload()
    if (kept) await rename(kept, path)
    else await unlink(path)
    await (kept ? manager.load(former) : manager.forget())
    return failed
  } finally {
    gateway.release()
  }
}

type RemovalGround = Pick<ServiceGround, 'path' | 'env' | 'home' | 'manager'> & {
  readonly gateway: Pick<ServiceGround['gateway'], 'hold' | 'release'>
}

/** The service ends and its file goes; our own gateway takes its place where one is wanted. */
async function uninstall(ground: RemovalGround, replace: boolean): Promise<Problem | null> {
  const { path, env, home, manager, gateway } = ground
  const found = await readServiceFile(path, env, home)
  if (found.file === 'absent') return problem('SERVICE_NOT_INSTALLED', { path })
  const refused = refusal(fileProblem(found, path), replace)
  if (refused) return refused
  await gateway.hold()
  try {
    const left = await manager.unload()
    if (left) return left
    try {
      if (found.file === 'ours') await unlink(path)
      else await keepBeside(path)
    } catch (error) {
      return notWritten(path, error)
    }
    return await manager.forget()
  } finally {
    gateway.release()
  }
}

function refusal(found: Problem | null, replace: boolean): Problem | null {
  if (!found) return null
  const isReplaceable = found.code === 'SERVICE_FILE_FOREIGN' || found.code === 'SERVICE_FILE_EDITED'
  return isReplaceable && replace ? null : found
}

/** What would keep the service from becoming well, as far as it can be known before. */
async function cannotStart({ secretStore, checkConfig }: ServiceGround): Promise<Problem | null> {
  if (secretStore() === 'sealedFile') return problem('SERVICE_SEALED_FILE', {})
  return checkConfig()
}

type Text = { readonly ok: true; readonly value: string } | ({ readonly ok: false } & Problem)

function serviceText(ground: ServiceGround): Text {
  const { gatewayCommand, programs, env, home, gatewayPortFlag, manager, path } = ground
  const { command } = programs
  if (command.kind === 'package') {
    return { ok: false, ...problem('SERVICE_BUILT_IN_ONLY', { program: command.args[0] ?? command.file }) }
  }
  const found = serviceProgram({ command: gatewayCommand, env, home, portFlag: gatewayPortFlag })
  if (!found.ok) return found
  if (manager.kind === 'launchd') {
    const body = launchdPlist(found.value, logsFolder(ground))
    return { ok: true, value: markedPlist(plistHead, body) }
  }
  const unit = hasControls(found.value) ? null : systemdUnit(found.value)
  if (unit !== null) return { ok: true, value: markedUnit(unit) }
  const detail = `systemd cannot run a program at ${found.value.file}`
  return { ok: false, ...problem('SERVICE_FILE_NOT_WRITTEN', { path, detail }) }
}

/** A line end in a path would end the unit's line. */
function hasControls({ args, environment }: ServiceProgram): boolean {
  return /\p{Cc}/u.test([...args, ...Object.values(environment)].join(''))
}

async function unproved(ground: ServiceGround): Promise<Problem | null> {
  const { manager } = ground
  const port = await ground.gatewayPort()
  const detail = await proveService({ ...ground, port, limitMs: proofLimitMs })
  return detail === null ? null : problem('SERVICE_NOT_WELL', { unit: manager.unit, detail })
}

async function notOurs({ gatewayPort }: ServiceGround, other: Problem): Promise<Problem> {
  if (other.code !== 'RESTORE_GATEWAY_NOT_OURS') return other
  return problem('GATEWAY_NOT_OURS', { ...other.params, port: await gatewayPort() })
}

function notWritten(path: string, error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException
  return problem('SERVICE_FILE_NOT_WRITTEN', { path, detail: code ?? message })
}

function logsFolder({ statePaths }: ServiceGround): string {
  return join(statePaths.stateDir, 'logs')
}
