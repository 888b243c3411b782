import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { resolveStatePaths } from '../../../host/config/state-paths.ts'
import { withSecrets } from '../../../host/config/with-secrets.ts'
import { packageCall } from '../../../host/gateway/package-call.ts'
import { resolveHostPaths } from '../../../host/host-paths.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { problem } from '../../../shared/problem.ts'
import { readOwnSecrets } from '../../server/own-secrets.ts'
import { failWith, tellProblem } from '../tell.ts'
import { activePackage } from './active-package.ts'

/**
 * Runs `channels <words>` of the released gateway in use, on the same state and in this terminal: a QR code is shown
 * there, and a question asked. Resolves to its exit code.
 */
export async function handOver(words: readonly string[]): Promise<number> {
  const { env, platform, execPath } = process
  const script = await activePackage(resolveHostPaths(env, homedir(), platform))
  if (script === null) {
    return failWith(problem('CHANNELS_NOT_HERE', { command: `moltbot channels ${words[0] ?? ''}` }), false)
  }
  const paths = resolveStatePaths(env, homedir())
  const own = await readOwnSecrets(paths, env)
  if (!own.ok) return failWith(own, false)
  // The words are its own affair: they follow its command, and are no options of Node.
  const child = spawn(execPath, [script, 'channels', ...words], {
    stdio: 'inherit',
    env: { ...withSecrets(env, own.values), ...packageCall(paths, {}).env },
  })
  // Ctrl-C reaches both: it is for the one that asks.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => {
        tellProblem(problem('GATEWAY_SPAWN_FAILED', { program: execPath, detail: error.message }))
        resolve(exitCode.failed)
      })
      child.once('close', (code) => resolve(code ?? exitCode.failed))
    })
  } finally {
    process.off('SIGINT', ignore)
  }
}
