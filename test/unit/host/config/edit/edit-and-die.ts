import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Sets `gateway.port` to 19001 and is killed as it is about to make its `<n>`th change on the disk. Says how
 * many it made where it comes to an end before that.
 */
const [limit = '0'] = process.argv.slice(2)
let changes = 0

function counted<Args extends unknown[], Result>(act: (...args: Args) => Result) {
  return (...args: Args): Result => {
    changes += 1
    if (changes === Number(limit)) process.kill(process.pid, 'SIGKILL')
    return act(...args)
  }
}

const { promises } = fs
for (const name of ['rename', 'link', 'unlink', 'mkdir', 'rm', 'writeFile'] as const) {
  Object.assign(promises, {
    [name]: counted(promises[name].bind(promises) as (...args: unknown[]) => unknown),
  })
}
const open = promises.open.bind(promises)
promises.open = async (...args: Parameters<typeof open>) => {
  const file = await counted(open)(...args)
  for (const name of ['writeFile', 'chmod', 'sync'] as const) {
    Object.assign(file, { [name]: counted(file[name].bind(file) as (...given: unknown[]) => unknown) })
  }
  return file
}
syncBuiltinESMExports()

const { writeGatewayPort } = await import('../../../../../host/config/edit-config-file.ts')
const { resolveStatePaths } = await import('../../../../../host/config/state-paths.ts')
const outcome = await writeGatewayPort({ paths: resolveStatePaths(process.env, '/'), env: {} }, 19_001)
process.stdout.write(JSON.stringify({ ...outcome, changes }))
