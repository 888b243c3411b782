import { homedir } from 'node:os'
import { resolveGatewayPort } from '../../host/config/gateway-port.ts'
import { loadConfig, tokenName } from '../../host/config/load-config.ts'
import { resolveStatePaths } from '../../host/config/state-paths.ts'
import { withSecrets } from '../../host/config/with-secrets.ts'
import { requestHealth } from '../../host/gateway-client/request-health.ts'
import { openProcessTable } from '../../host/processes/open-process-table.ts'
import { whoListens } from '../../host/processes/who-listens.ts'
import { loopback } from '../../shared/endpoints.ts'
import type { Problem } from '../../shared/problem.ts'
import { readOwnSecrets } from '../server/own-secrets.ts'
import type { AskedHealth, HealthQuestion } from './ask-health.ts'

/** Reads the configuration and asks the gateway on its port, with no host in between. */
export async function askGateway({ portFlag, timeoutMs }: HealthQuestion): Promise<AskedHealth> {
  const { env } = process
  const paths = resolveStatePaths(env, homedir())
  const own = await readOwnSecrets(paths, env)
  if (!own.ok) return { kind: 'problem', problem: own }
  const loaded = await loadConfig(paths, withSecrets(env, own.values))
  if (!loaded.ok) return { kind: 'problem', problem: loaded }
  const choice = resolveGatewayPort({ flag: portFlag, env, configured: loaded.config.gateway?.port })
  if (!choice.ok) return { kind: 'wrongUsage', detail: choice.detail }
  if (!loaded.token) {
    const params = { path: paths.configPath, name: tokenName }
    return { kind: 'problem', problem: { code: 'TOKEN_MISSING', params } }
  }
  const foreign = await findForeignListener(choice.port)
  if (foreign) return { kind: 'problem', problem: foreign }
  const outcome = await requestHealth({ port: choice.port, token: loaded.token.value, timeoutMs })
  return outcome.ok ? { kind: 'health', health: outcome.value } : { kind: 'problem', problem: outcome }
}

/** Why the token is not handed to who listens there, or null. */
async function findForeignListener(port: number): Promise<Problem | null> {
  const listener = await whoListens(port, openProcessTable())
  if (listener.kind === 'own') return null
  if (listener.kind === 'nobody') {
    const params = { url: `ws://${loopback}:${port}`, detail: 'nothing listens there' }
    return { code: 'GATEWAY_UNREACHABLE', params }
  }
  if (listener.process === null) {
    return { code: 'PORT_IN_USE_UNKNOWN', params: { port, user: listener.user } }
  }
  const { pid, program } = listener.process
  return { code: 'GATEWAY_NOT_OURS', params: { port, pid, program } }
}
