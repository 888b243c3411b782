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

const datedName = /^moltbot-\d{4}-\d{2}-\d{2}\.log/
const maxMembers = 500

/**
 * Whether a file beside the current log belongs to it: for a dated log each day's file and what a
 * rotation made of it (`moltbot-2026-01-30.log.1`), for another the same name with something after a dot.
 */
export function isOfFamily(currentPath: string, name: string): boolean {
  const current = basename(currentPath)
  const stem = isDated(currentPath) ? datedName.exec(name)?.[0] : current
  return stem !== undefined && (name === stem || name.startsWith(`${stem}.`))
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
  const day = ({ name }: Member) => datedName.exec(name)?.[0] ?? ''
  const [newest] = (await listFamily(currentPath)).sort(
    (one, other) => day(other).localeCompare(day(one)) || other.modifiedAt - one.modifiedAt,
  )
  return openMember(newest)
}

/**
 * Where the log went on after `file`: the next day's file, the new one of that name, or the current one.
 * Null while none has content: until then the gateway may still write to the old one.
 */
export async function inodeAfter(currentPath: string, file: LogFile): Promise<number | null> {
  const current = basename(currentPath)
  const from = datedName.exec(basename(file.path))?.[0] ?? current
  const followers = (await listFamily(currentPath))
    .filter(({ name }) => (isDated(currentPath) ? datedName.exec(name)?.[0] === name : name === current))
    .filter(({ name, inode, size }) => name >= from && name <= current && inode !== file.inode && size > 0)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  return followers[0]?.inode ?? null
}

function isDated(currentPath: string): boolean {
  return datedName.exec(basename(currentPath))?.[0] === basename(currentPath)
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
