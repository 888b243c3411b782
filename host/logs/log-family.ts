import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { inspectLogFolder } from '../config/log-folder.ts'
import { findFlaw, inodeOf, type LogFile, type OpenedLog, openLog } from './open-log.ts'

interface Member {
  readonly name: string
  readonly path: string
  readonly inode: number
  readonly size: number
  readonly modifiedAt: number
}

/** A day's file, and the parts of it that became too large: `moltbot-2026-01-30.1.log` is the oldest of its day. */
const datedName = /^(moltbot|access)-(\d{4}-\d{2}-\d{2})(?:\.(\d{1,6}))?\.log(?![^.-])/
const maxMembers = 500

/**
 * Whether a file beside the current log belongs to it: for a dated log each day's files and what a
 * rotation made of them (`moltbot-2026-01-30.log.1`), for another the same name with something after it.
 */
export function isOfFamily(currentPath: string, name: string): boolean {
  if (isDated(currentPath)) return datedName.exec(name)?.[1] === datedName.exec(basename(currentPath))?.[1]
  const current = basename(currentPath)
  return name === current || name.startsWith(`${current}.`) || name.startsWith(`${current}-`)
}

/** Every file of the log, also what a rotation compressed: their paths, the oldest first. */
export async function listParts(currentPath: string): Promise<string[]> {
  const members = (await listFamily(currentPath)).sort(
    (one, other) => compareDays(one.name, other.name) || one.modifiedAt - other.modifiedAt,
  )
  return members.map(({ path }) => path)
}

export async function openCurrent(currentPath: string): Promise<OpenedLog> {
  // The folder of a file that the configuration names is the owner's own affair.
  const folder = isDated(currentPath) ? inspectLogFolder(dirname(currentPath)) : null
  if (folder?.kind === 'unsafe') return { kind: 'trouble', detail: folder.detail }
  return openLog(currentPath)
}

/** Only a file of the log's own family is ever found, whatever number a client sends. */
export async function openByInode(currentPath: string, inode: number): Promise<LogFile | null> {
  const members = await listFamily(currentPath)
  return openMember(members.find((member) => member.inode === inode))
}

export async function openNewest(currentPath: string): Promise<LogFile | null> {
  const [newest] = (await listFamily(currentPath)).sort(
    (one, other) => compareDays(other.name, one.name) || other.modifiedAt - one.modifiedAt,
  )
  return openMember(newest)
}

/**
 * Where the log went on after `file`: the day's next part, the next day's file, the new one of that name,
 * or the current one. Null while none has content: until then the gateway may still write to the old one.
 */
export async function inodeAfter(currentPath: string, file: LogFile): Promise<number | null> {
  const current = basename(currentPath)
  const from = isDated(currentPath) ? basename(file.path) : current
  const followers = (await listFamily(currentPath))
    .filter(({ name }) => (isDated(currentPath) ? datedName.exec(name)?.[0] === name : name === current))
    .filter(({ name }) => compareDays(name, from) >= 0 && compareDays(name, current) <= 0)
    .filter(({ inode, size }) => inode !== file.inode && size > 0)
    .sort((one, other) => compareDays(one.name, other.name))
  return followers[0]?.inode ?? null
}

function isDated(currentPath: string): boolean {
  return datedName.exec(basename(currentPath))?.[0] === basename(currentPath)
}

/** By day, and within one by part; what has no number is the day's newest. */
function compareDays(one: string, other: string): number {
  const [, , day = '', part = Infinity] = datedName.exec(one) ?? []
  const [, , otherDay = '', otherPart = Infinity] = datedName.exec(other) ?? []
  if (day !== otherDay) return day < otherDay ? -1 : 1
  return part === otherPart ? 0 : Number(part) - Number(otherPart)
}

async function listFamily(currentPath: string): Promise<Member[]> {
  const folder = dirname(currentPath)
  if (isDated(currentPath) && inspectLogFolder(folder).kind !== 'ours') return []
  const names = await readdir(folder).catch(() => [])
  const ours = names.filter((name) => isOfFamily(currentPath, name)).sort()
  const members = await Promise.all(ours.slice(-maxMembers).map((name) => lookAt(folder, name)))
  return members.filter((member) => member !== null)
}

async function lookAt(folder: string, name: string): Promise<Member | null> {
  const path = join(folder, name)
  const stats = await lstat(path, { bigint: true }).catch(() => null)
  if (!stats || findFlaw(stats)) return null
  return {
    name,
    path,
    inode: inodeOf(stats),
    size: Number(stats.size),
    modifiedAt: Number(stats.mtimeMs),
  }
}

/** The name may stand for another file by now. */
async function openMember(member: Member | undefined): Promise<LogFile | null> {
  if (!member) return null
  const opened = await openLog(member.path)
  if (opened.kind !== 'open') return null
  if (opened.file.inode === member.inode) return opened.file
  await opened.file.handle.close()
  return null
}
