import { execFile, execFileSync } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import type { Listener, ProcessDetails, ProcessIdentity, ProcessTable } from './process-table.ts'

const run = promisify(execFile)
const limits = {
  timeout: 5_000,
  maxBuffer: 16 * 1024 * 1024,
  env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
}

/** Asks ps(1) and lsof(8), which ship with macOS; there is no /proc. */
export function darwinProcessTable(): ProcessTable {
  return {
    identify,
    describe,
    usage,
    findListener,
    async holdsListener(pid, port) {
      return (await listenerPids(port)).includes(pid)
    },
    findByEnvironment,
  }
}

/** `lstart` is to the second; with the pid that is enough to tell a reused pid apart. */
function identify(pid: number): ProcessIdentity | null {
  try {
    const text = execFileSync('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)], limits)
      .toString()
      .trim()
    const [state = '', ...start] = text.split(/\s+/)
    return state === '' || state.startsWith('Z') ? null : { pid, startTime: start.join(' ') }
  } catch {
    return null // ps ends with 1 where there is no such process
  }
}

async function ps(pid: number, columns: string): Promise<string | null> {
  return run('/bin/ps', ['-o', columns, '-p', String(pid)], limits).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  )
}

async function describe(pid: number): Promise<ProcessDetails | null> {
  const identity = identify(pid)
  const user = await ps(pid, 'user=')
  const program = await ps(pid, 'comm=')
  if (!identity || !user || !program) return null
  return { ...identity, user, program: basename(program), startedAt: Date.parse(identity.startTime) }
}

async function usage(pid: number): Promise<{ rssBytes: number; cpuMs: number } | null> {
  const [rss, time] = (await ps(pid, 'rss=,time='))?.split(/\s+/) ?? []
  if (!rss || !time) return null
  // [[dd-]hh:]mm:ss.cc
  const seconds = time.split(/[-:]/).reduce((sum, part, index, parts) => {
    const base = index === 1 && parts.length === 4 ? 24 : 60
    return sum * base + Number(part)
  }, 0)
  return { rssBytes: Number(rss) * 1024, cpuMs: Math.round(seconds * 1000) }
}

async function listenerPids(port: number): Promise<number[]> {
  const args = ['-nP', '-a', `-iTCP@127.0.0.1:${port}`, '-sTCP:LISTEN', '-Fp']
  // lsof matches a wildcard listener only by port, so both are asked; it ends with 1 where nothing matches.
  const exact = await run('/usr/sbin/lsof', args, limits).catch(() => ({ stdout: '' }))
  const any = await run('/usr/sbin/lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp'], limits).catch(
    () => ({
      stdout: '',
    }),
  )
  return [...`${exact.stdout}\n${any.stdout}`.matchAll(/^p(\d+)$/gm)].map((match) => Number(match[1]))
}

async function findListener(port: number): Promise<Listener | null> {
  const [pid] = await listenerPids(port)
  const process = pid === undefined ? null : await describe(pid)
  return process && { kind: 'process', process }
}

/** `ps -E` adds the environment, of own processes only, behind the command. */
async function findByEnvironment(name: string, value: string): Promise<ProcessIdentity[]> {
  const { stdout } = await run('/bin/ps', ['-axww', '-E', '-o', 'pid=,command='], limits).catch(() => ({
    stdout: '',
  }))
  return stdout
    .split('\n')
    .filter((line) => ` ${line} `.includes(` ${name}=${value} `))
    .map((line) => identify(Number.parseInt(line, 10)))
    .filter((identity) => identity !== null)
}
