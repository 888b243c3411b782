import { execFile } from 'node:child_process'
import { type Check, found } from '../finding.ts'

const limitMs = 3_000
/** What the gateway of this program is made for. */
const least = [24, 0, 0] as const

/** The Node that gateways are started with. */
export const nodeCheck: Check = {
  name: 'node',
  async look({ nodePath: path }) {
    const version = path === process.execPath ? process.version : await versionOf(path)
    if (version === null) return [found('nodeMissing', 'critical', { path })]
    if (!isOlder(version)) return []
    return [found('nodeOld', 'critical', { path, version, least: least.join('.') })]
  },
}

/** Null where it cannot be run. */
function versionOf(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: limitMs, env: {} }, (error, stdout) => {
      const [version] = /^v\d+\.\d+\.\d+/.exec(stdout) ?? []
      resolve(error || !version ? null : version)
    })
  })
}

function isOlder(version: string): boolean {
  const numbers = version.replace(/^v/, '').split('.').map(Number)
  for (const [at, wanted] of least.entries()) {
    const has = numbers[at] ?? 0
    if (has !== wanted) return has < wanted
  }
  return false
}
