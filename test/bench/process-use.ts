import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Resident memory and processor time so far, from the kernel. */
export interface ProcessUse {
  readonly megabytes: number
  readonly cpuMs: number
}

export function readUse(pid: number): ProcessUse {
  return process.platform === 'linux' ? ofLinux(pid) : ofPs(pid)
}

function ofLinux(pid: number): ProcessUse {
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // Ticks of 10 ms, on every Linux that Node runs on.
  return { megabytes: kilobytes / 1000, cpuMs: (Number(fields[11]) + Number(fields[12])) * 10 }
}

function ofPs(pid: number): ProcessUse {
  const line = execFileSync('/bin/ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' })
  const [kilobytes, time = ''] = line.trim().split(/\s+/)
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return { megabytes: Number(kilobytes) / 1000, cpuMs: seconds * 1000 }
}
