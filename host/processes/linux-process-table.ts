import { readFileSync } from 'node:fs'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { EnvironmentReader } from './linux-environment.ts'
import { findListeningSocket } from './linux-sockets.ts'
import type { Listener, ProcessDetails, ProcessIdentity, ProcessTable } from './process-table.ts'
import { userName } from './user-name.ts'

/** Ticks a second in /proc; fixed at 100 for every Linux program (USER_HZ, proc(5)). */
const ticksPerSecond = 100
const pageBytes = 4096

/** Reads /proc, as proc(5) describes it. Root sees every process, others only their own in full. */
export function linuxProcessTable(): ProcessTable {
  const table: ProcessTable = {
    identify,
    describe,
    usage,
    findListener,
    async holdsListener(pid, port) {
      const socket = await findListeningSocket(port)
      return socket !== null && (await socketInodes(pid)).includes(socket.inode)
    },
    findByEnvironment,
  }
  return table
}

interface Stat {
  readonly name: string
  readonly state: string
  readonly cpuTicks: number
  readonly startTime: string
  readonly rssPages: number
}

/** The name in parentheses may itself hold spaces and parentheses: fields are counted from the last one. */
function parseStat(text: string): Stat {
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  return {
    name: text.slice(text.indexOf('(') + 1, close),
    state: fields[0] ?? '',
    cpuTicks: Number(fields[11]) + Number(fields[12]),
    startTime: fields[19] ?? '',
    rssPages: Number(fields[21]),
  }
}

function readStat(pid: number): Stat | null {
  try {
    // As utf8, Node reads without a 64 kB buffer for each call.
    const stat = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return stat.state === 'Z' || stat.state === 'X' ? null : stat
  } catch {
    return null // gone: ENOENT before, ESRCH while reading
  }
}

function identify(pid: number): ProcessIdentity | null {
  const stat = readStat(pid)
  return stat && { pid, startTime: stat.startTime }
}

async function describe(pid: number): Promise<ProcessDetails | null> {
  const stat = readStat(pid)
  if (!stat) return null
  try {
    const owner = await ownerOf(pid)
    const program = await readlink(`/proc/${pid}/exe`).then(
      (path) => basename(path.replace(/ \(deleted\)$/, '')),
      () => stat.name, // another user's program
    )
    const startedAt = Math.round((await bootTimeMs()) + (Number(stat.startTime) / ticksPerSecond) * 1000)
    return { pid, startTime: stat.startTime, program, user: await userName(owner), startedAt }
  } catch {
    return null // ended while being read
  }
}

async function ownerOf(pid: number): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid
}

async function bootTimeMs(): Promise<number> {
  const line = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'latin1'))
  return Number(line?.[1] ?? 0) * 1000
}

async function usage(pid: number): Promise<{ rssBytes: number; cpuMs: number } | null> {
  const stat = readStat(pid)
  return stat && { rssBytes: stat.rssPages * pageBytes, cpuMs: (stat.cpuTicks * 1000) / ticksPerSecond }
}

async function findListener(port: number): Promise<Listener | null> {
  const socket = await findListeningSocket(port)
  if (!socket) return null
  for (const pid of await allPids()) {
    if (!(await socketInodes(pid)).includes(socket.inode)) continue
    const process = await describe(pid)
    if (process) return { kind: 'process', process }
  }
  return { kind: 'unknown', user: await userName(socket.uid) }
}

async function allPids(): Promise<number[]> {
  return (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid > 0)
}

async function socketInodes(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  try {
    const links = await Promise.all(
      (await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')),
    )
    return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
  } catch {
    return [] // ended, or another user's
  }
}

async function findByEnvironment(name: string, value: string): Promise<ProcessIdentity[]> {
  const found: ProcessIdentity[] = []
  const reader = new EnvironmentReader()
  for (const pid of await allPids()) {
    const identity = (await reader.has(pid, name, value)) ? identify(pid) : null
    if (identity) found.push(identity)
  }
  return found
}
