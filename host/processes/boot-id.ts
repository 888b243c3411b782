import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Names this run of the operating system; start times of processes compare within one only. */
export function readBootId(): string {
  if (process.platform === 'darwin') {
    return execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], { timeout: 5_000 })
      .toString()
      .trim()
  }
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
}
