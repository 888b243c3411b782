import { readdir, readlink } from 'node:fs/promises'

/** Path of the program of each process that this user may ask about. */
export async function linuxPrograms(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const programs = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/exe`).catch(() => null)))
  return programs.filter((program) => program !== null)
}
