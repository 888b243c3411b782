import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'

/** As a process table may call this user: by /etc/passwd, or by a directory service. */
export async function namesOf(uid: number): Promise<string[]> {
  const names = [await userName(uid)]
  try {
    const me = userInfo()
    if (me.uid === uid) names.push(me.username)
  } catch {
    // No directory knows this user.
  }
  return names
}

/** The name of a user id as /etc/passwd has it, else `uid N` (directory services are not asked). */
export async function userName(uid: number): Promise<string> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const line of passwd.split('\n')) {
    const [name, , id] = line.split(':')
    if (name && Number(id) === uid && id !== '') return name
  }
  return `uid ${uid}`
}
