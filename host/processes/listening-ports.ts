import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const listening = '0A'

/** The TCP ports on which this process listens, each once, in order; empty where that cannot be told. */
export async function listeningPorts(pid: number): Promise<number[]> {
  const found = process.platform === 'darwin' ? await portsByLsof(pid) : await portsByProc(pid)
  return [...new Set(found)].sort((one, other) => one - other)
}

async function portsByProc(pid: number): Promise<number[]> {
  try {
    const folder = `/proc/${pid}/fd`
    const links = await Promise.all(
      (await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')),
    )
    const inodes = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
    const tables = await Promise.all(
      ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')),
    )
    return tables
      .flatMap((table) => table.split('\n'))
      .flatMap((line) => {
        const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
        const port = Number.parseInt(local?.split(':')[1] ?? '', 16)
        return state === listening && inodes.has(inode ?? '') ? [port] : []
      })
  } catch {
    return [] // ended, or another user's
  }
}

async function portsByLsof(pid: number): Promise<number[]> {
  const args = ['-nP', '-a', '-p', String(pid), '-iTCP', '-sTCP:LISTEN', '-Fn']
  return promisify(execFile)('/usr/sbin/lsof', args, { timeout: 5_000 }).then(
    ({ stdout }) => [...stdout.matchAll(/^n.*:(\d+)$/gm)].map(([, port]) => Number(port)),
    () => [],
  )
}
