import { namedVersion } from '../../../host/gateway-client/named-version.ts'
import { loopback } from '../../../shared/endpoints.ts'
import { exitCode } from '../../../shared/exit-codes.ts'
import { fieldsOf, listOf, numberOf } from '../../../shared/loose-value.ts'
import { formatTook } from '../../../shared/wording/format.ts'
import { askThere } from '../ask-gateway.ts'
import type { CallOptions } from '../commands/gateway-call.ts'
import { withProgress } from '../slow-progress.ts'
import { failWith, sayJson, sayLine, tellUsage } from '../tell.ts'
import { findOwnAccess } from './own-access.ts'
import { refuseElsewhere } from './refuse-elsewhere.ts'

/** Says whether a gateway answers, how fast, and what it has; resolves to the exit code. */
export async function probeGateway(options: CallOptions): Promise<number> {
  const refused = refuseElsewhere(options)
  if (refused !== null) return refused
  const isJson = options.json === true
  const access = await findOwnAccess(options.port)
  if (access.kind === 'wrongUsage') {
    tellUsage(access.detail)
    return exitCode.wrongUsage
  }
  if (access.kind === 'problem') return failWith(access.problem, isJson)
  const order = {
    method: 'health',
    params: {},
    scopes: ['operator.read'],
    timeoutMs: options.timeout,
  } as const
  const startedAt = performance.now()
  const answer = await withProgress('Asking the gateway', !isJson, askThere(order, access))
  if (!answer.ok) return failWith(answer, isJson)
  const hello = fieldsOf(answer.hello)
  const features = fieldsOf(hello.features)
  const found = {
    ok: true,
    url: `ws://${loopback}:${access.port}`,
    reachable: true,
    latencyMs: Math.round(performance.now() - startedAt),
    version: namedVersion(answer.hello),
    protocol: numberOf(hello.protocol) ?? null,
    methods: listOf(features.methods),
    events: listOf(features.events),
  }
  if (isJson) sayJson(found)
  else {
    sayLine(
      `${found.url} answers: connected, proven and asked for its health in ${formatTook('en', found.latencyMs)}.`,
    )
    const version = found.version === null ? 'It names no version' : `Version ${found.version}`
    sayLine(
      `${version}, protocol ${found.protocol ?? 'unknown'}, ${found.methods.length} methods, ${found.events.length} events; their names: add --json`,
    )
  }
  return exitCode.done
}
