import { readFile } from 'node:fs/promises'

/** The name of a user id as /etc/passwd has it, else `uid N` (directory services are not asked). */
export async function userName(uid: number): Promise<string> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const line of passwd.split('\n')) {
    const [name, , id] = line.split(':')
    if (name && Number(id) === uid && id !== '') return name
  }
  return `uid ${uid}`
}
