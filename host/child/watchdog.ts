import { type ChildProcess, spawn } from 'node:child_process'
import { supervisorMark } from './child-environment.ts'

/**
 * Outlives the host by a moment: reads the group to guard from a pipe that only the host holds, and
 * when the pipe ends, however the host died, kills that group and whatever else carries the host's
 * mark. `sh` and a pipe are all it takes, on macOS and Linux, and a hung gateway cannot ignore it.
 */
const script = `
trap '' TERM INT HUP
group=0
while IFS= read -r line; do group=$line; done
[ "$group" = off ] && exit 0
[ "$group" = 0 ] || kill -s KILL -- "-$group" 2>/dev/null
[ -d /proc/self ] || exit 0
for file in $(grep -lzsx -- "$1" /proc/[0-9]*/environ); do
  pid=\${file#/proc/}
  kill -s KILL "\${pid%/environ}" 2>/dev/null
done
exit 0
`

export interface Watchdog {
  readonly pid: number | null
  /** The group to kill should the host die; 0 for none. */
  guard(group: number): void
  /** The host leaves in order: nothing is to be killed. Resolves when the watchdog is gone. */
  dismiss(): Promise<void>
}

/** `nonce` is the value of this host's mark in its children's environment. */
export function startWatchdog(nonce: string): Watchdog {
  let group = 0
  let isDismissed = false
  let dog = unleash()

  function unleash(): ChildProcess {
    const child = spawn('/bin/sh', ['-c', script, 'moltbot-watchdog', `${supervisorMark}=${nonce}`], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: '/usr/bin:/bin' },
    })
    child.on('error', () => {})
    child.stdin?.on('error', () => {}) // EPIPE once it was killed; `exit` below starts another
    child.once('exit', () => {
      if (isDismissed) return
      dog = unleash()
      dog.stdin?.write(`${group}\n`)
    })
    child.unref()
    return child
  }

  return {
    get pid() {
      return dog.pid ?? null
    },
    guard(next) {
      group = next
      dog.stdin?.write(`${next}\n`)
    },
    async dismiss() {
      isDismissed = true
      const gone = new Promise<void>((resolve) => dog.once('exit', () => resolve()))
      dog.ref()
      dog.stdin?.end('off\n')
      if (dog.exitCode === null && dog.signalCode === null && dog.pid !== undefined) await gone
    },
  }
}
