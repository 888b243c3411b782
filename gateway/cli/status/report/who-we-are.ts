import { realpathSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { fieldsOf, listOf } from '../../../../shared/loose-value.ts'
import { readFilesHere } from '../../gateway-call/state-here.ts'
import type { Private } from './shareable.ts'

/** What a report must not tell of this user and this machine. */
export async function whoWeAre(): Promise<Private> {
  const { USER, LOGNAME, HOSTNAME } = process.env
  const { state } = await readFilesHere()
  const logging = fieldsOf(state.config.logging)
  const account = accountOf()
  return {
    homes: [homedir(), account.homedir].flatMap((home) => [home, realPath(home)]),
    users: [account.username, USER, LOGNAME].filter((name) => name !== undefined),
    hosts: [hostname(), HOSTNAME].filter((name) => name !== undefined),
    patterns: listOf(logging.redactPatterns).filter((pattern) => typeof pattern === 'string'),
  }
}

function accountOf(): { readonly username: string; readonly homedir: string } {
  try {
    return userInfo()
  } catch {
    return { username: '', homedir: '' } // no directory knows this user
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
