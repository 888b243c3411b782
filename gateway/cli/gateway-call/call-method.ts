import { exitCode } from '../../../shared/exit-codes.ts'
import { isFields, type LooseFields } from '../../../shared/loose-value.ts'
import type { CallOptions } from '../commands/gateway-call.ts'
import { withProgress } from '../slow-progress.ts'
import { failWith, sayJson, tellUsage } from '../tell.ts'
import { openLine } from './gateway-line.ts'
import { refuseElsewhere } from './refuse-elsewhere.ts'
import { stateBeside } from './state-here.ts'

/** Calls one method and prints its answer as it came, but for secrets; resolves to the exit code. */
export async function callMethod(method: string, options: CallOptions): Promise<number> {
  const refused = refuseElsewhere(options)
  if (refused !== null) return refused
  const params = parseParams(options.params)
  if (params === null) {
    tellUsage('--params must be a JSON object, for instance \'{"limit": 5}\'')
    return exitCode.wrongUsage
  }
  if (!/^\S{1,128}$/.test(method)) {
    tellUsage('A method has 1 to 128 characters and no spaces')
    return exitCode.wrongUsage
  }
  const isJson = options.json === true
  const line = await withProgress(`Waiting for ${method}`, !isJson, openLine(options.port))
  if (line.kind === 'wrongUsage') {
    tellUsage(line.detail)
    return exitCode.wrongUsage
  }
  if (line.kind === 'problem') return failWith(line.problem, isJson)
  try {
    const order = { method, params, scopes: ['operator.admin'], timeoutMs: options.timeout } as const
    const answer = await withProgress(`Waiting for ${method}`, !isJson, line.call(order))
    const { masker } = await stateBeside(line, options.port)
    if (!answer.ok) return failWith(masker.deep(answer), isJson)
    sayJson(masker.deep(answer.payload ?? null))
    return exitCode.done
  } finally {
    line.close()
  }
}

function parseParams(text: string): LooseFields | null {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : null
  } catch {
    return null
  }
}
