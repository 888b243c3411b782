import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import { syncFolder } from '../files/atomic-write.ts'
import type { JobHandle } from '../jobs/job-board.ts'
import { type Announced, askingPrefix, type Registry } from './ask-registry.ts'
import { bytesIn, findLinkOut, freeBytes, settleOnDisk } from './folder-use.ts'
import type { GatewayPrograms } from './gateway-programs.ts'
import { findProgram } from './installed-program.ts'
import { knownPackage } from './known-packages.ts'
import { type NpmEnd, runNpm, saidBy } from './npm.ts'
import { gatewayId } from './package-name.ts'
import { runBounded } from './run-bounded.ts'
import { watchGrowth } from './watch-growth.ts'

export interface InstallOrder {
  readonly clock: Clock
  readonly registry: Registry
  readonly programs: GatewayPrograms
  readonly announced: Announced
}

type Installed = { readonly ok: true; readonly id: string } | ({ readonly ok: false } & Problem)

const stagingPrefix = '.staging-'
const leftover = /^\.(?:staging|removing)-/
const trialOutputBytes = 65_536
const maxLockBytes = 8 * 1024 * 1024
/** A check may be under way meanwhile; one does not take that long. */
const oldAskingMs = 3_600_000

/** Whatever the user's own settings are for projects of theirs: what is looked at below depends on these. */
const installSettings = [
  '--omit=dev',
  '--save-exact',
  '--package-lock',
  '--lockfile-version=3',
  '--install-strategy=hoisted',
  '--location=project',
]

/**
 * Installs one version beside those that are there, without running anything of it before all of it was found
 * to be what the registry had announced. Either it lies in its place whole, or nothing is left of it.
 */
export async function installGateway(order: InstallOrder, job: JobHandle): Promise<Installed> {
  const { registry, programs, announced } = order
  const { name, version } = announced
  const id = gatewayId(name, version)
  if ((await programs.whyUnusable(id)) === null) return { ok: true, id }
  const { workDir } = registry
  await mkdir(workDir, { recursive: true, mode: 0o700 })
  await removeLeftovers(workDir)
  const cramped = await whyCramped(order)
  if (cramped) return { ok: false, ...cramped }
  const staging = await mkdtemp(join(workDir, stagingPrefix))
  try {
    const failed = (await download(order, staging, job)) ?? (await verify(order, staging, job))
    if (failed) return { ok: false, ...failed }
    const found = await findProgram(staging, name, version)
    if (!found.ok)
      return { ok: false, ...problem('GATEWAY_NOT_A_GATEWAY', { name, version, detail: found.detail }) }
    const wrong = await tryVersion(order, join(staging, found.entry), staging, job)
    if (wrong) return { ok: false, ...wrong }
    const bytes = await bytesIn(staging, job.signal)
    await settleOnDisk(job.signal) // all of it, and not only its folder
    if (job.signal.aborted) return { ok: false, ...problem('JOB_CANCELLED', {}) }
    await putInPlace(staging, programs.folderOf(id), workDir)
    const installedAt = order.clock.now().wall
    await programs.add({ package: name, version, entry: found.entry, installedAt, bytes })
    return { ok: true, id }
  } catch (error) {
    return { ok: false, ...(await whyNotWritten(error, order)) }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** What a host left that was ended in the middle of it. Only while no other job runs. */
export async function removeLeftovers(workDir: string): Promise<void> {
  const names = await readdir(workDir).catch(() => [])
  for (const name of names) {
    const path = join(workDir, name)
    const isLeft = leftover.test(name) || (name.startsWith(askingPrefix) && (await isOld(path)))
    if (isLeft) await rm(path, { recursive: true, force: true })
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && Math.abs(Date.now() - found.mtimeMs) > oldAskingMs
}

/** Out of the way at once, so that a removal that is cut off leaves nothing that looks whole. */
export async function removeFolder(folder: string, workDir: string): Promise<void> {
  const aside = await mkdtemp(join(workDir, '.removing-'))
  await rename(folder, join(aside, 'gateway')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await rm(aside, { recursive: true, force: true })
}

async function putInPlace(staging: string, place: string, workDir: string): Promise<void> {
  await removeFolder(place, workDir) // a damaged one
  await rename(staging, place)
  await syncFolder(workDir)
}

async function whyCramped({ registry, announced }: InstallOrder): Promise<Problem | null> {
  const { workDir, npm } = registry
  const neededBytes = npm.figures.keepFreeBytes + (announced.bytes ?? 0)
  const bytes = await freeBytes(workDir)
  if (bytes >= neededBytes) return null
  return problem('GATEWAY_INSTALL_NO_SPACE', { path: workDir, bytes, neededBytes })
}

async function download(order: InstallOrder, staging: string, job: JobHandle): Promise<Problem | null> {
  const { clock, registry, announced } = order
  const { npm } = registry
  const { name, version } = announced
  const { overrides } = knownPackage(name)
  const manifest = { name: 'moltbot-gateway', private: true, dependencies: { [name]: version }, overrides }
  await writeFile(join(staging, 'package.json'), JSON.stringify(manifest), { mode: 0o600 })
  job.at({ step: 'installing', done: 0, total: null })
  const stopped = new AbortController()
  const stopWatching = watchGrowth({
    clock,
    folder: staging,
    npm,
    name,
    version,
    grew: (bytes) => job.at({ step: 'installing', done: bytes, total: null }),
    stop: (why) => stopped.abort(why),
  })
  const end = await runNpm(npm, ['install', ...installSettings, `--prefix=${staging}`], {
    cwd: staging,
    limitMs: npm.figures.installLimitMs,
    signal: AbortSignal.any([job.signal, stopped.signal]),
  })
  await stopWatching()
  if (job.signal.aborted) return problem('JOB_CANCELLED', {})
  if (stopped.signal.aborted) return stopped.signal.reason as Problem
  return end.ok ? null : whyNotInstalled(end, order)
}

async function whyNotInstalled(end: Extract<NpmEnd, { ok: false }>, order: InstallOrder): Promise<Problem> {
  const { name, version } = order.announced
  if (end.code === 'ENOSPC') return noSpace(order)
  if (end.code === 'EINTEGRITY') return problem('GATEWAY_INTEGRITY', { name, version, detail: end.detail })
  return problem('GATEWAY_INSTALL_FAILED', { name, version, detail: saidBy(end) })
}

async function noSpace({ registry, announced }: InstallOrder): Promise<Problem> {
  const { workDir, npm } = registry
  const bytes = await freeBytes(workDir).catch(() => 0)
  const neededBytes = npm.figures.keepFreeBytes + (announced.bytes ?? 0)
  return problem('GATEWAY_INSTALL_NO_SPACE', { path: workDir, bytes, neededBytes })
}

function whyNotWritten(error: unknown, order: InstallOrder): Problem | Promise<Problem> {
  const { name, version } = order.announced
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return noSpace(order)
  if (code === undefined) throw error
  return problem('GATEWAY_INSTALL_FAILED', { name, version, detail: String(error) })
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
    }),
  ),
})

/** npm compared each archive with what the lock names; here, what the lock names with what was announced. */
async function verify(order: InstallOrder, staging: string, job: JobHandle): Promise<Problem | null> {
  const { name, version, integrity } = order.announced
  job.at({ step: 'verifying', done: 0, total: null })
  const wrong = (detail: string) => problem('GATEWAY_INTEGRITY', { name, version, detail })
  const lockPath = join(staging, 'package-lock.json')
  if ((await stat(lockPath)).size > maxLockBytes) return wrong('it depends on too many others')
  const lock = lockSchema.safeParse(JSON.parse(await readFile(lockPath, 'utf8')))
  if (!lock.success) return wrong('npm left no list of what it installed')
  const { '': _root, ...packages } = lock.data.packages
  const own = packages[`node_modules/${name}`]
  if (own?.version !== version || !integrity || !own.integrity?.split(/\s+/).includes(integrity)) {
    return wrong('the archive is not the one that was announced')
  }
  for (const [path, { integrity: known, link, inBundle }] of Object.entries(packages)) {
    if (link || (!known && !inBundle)) return wrong(`${path} came without a digest`)
  }
  const link = await findLinkOut(staging)
  return link === null ? null : wrong(`${link.slice(staging.length + 1)} leads out of its folder`)
}

/** The first time that something of it runs: in a home of its own, and for the time of one answer. */
async function tryVersion(
  order: InstallOrder,
  entry: string,
  staging: string,
  job: JobHandle,
): Promise<Problem | null> {
  const { npm } = order.registry
  const { name, version } = order.announced
  const home = await mkdtemp(join(staging, '.trial-'))
  const states = ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR', 'OPENCLAW_STATE_DIR']
  const end = await runBounded({
    file: npm.nodePath,
    args: [entry, '--version'],
    cwd: home,
    env: { PATH: npm.env.PATH, HOME: home, TMPDIR: home },
    keeps: Object.fromEntries(states.map((one) => [one, join(home, 'state')])),
    limitMs: npm.figures.versionLimitMs,
    maxOutputBytes: trialOutputBytes,
    maxMemoryBytes: npm.figures.maxMemoryBytes,
    signal: job.signal,
    table: npm.table,
  })
  await rm(home, { recursive: true, force: true })
  if (job.signal.aborted) return problem('JOB_CANCELLED', {})
  const wrong = (detail: string) => problem('GATEWAY_NOT_A_GATEWAY', { name, version, detail })
  if (end.kind === 'notStarted') return wrong(end.detail)
  if (end.kind === 'killed') return wrong('asked for its version, it did not come to an end')
  const said = end.stdout.trim().slice(0, 100)
  if (end.code !== 0) return wrong(`asked for its version, it ended with code ${end.code}`)
  if (said.split(/\s+/).some((word) => word.replace(/^v/, '') === version)) return null
  return wrong(`asked for its version, it says “${said}”`)
}
