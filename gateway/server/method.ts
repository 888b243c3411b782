import type * as z from 'zod/mini'
import type { ErrorCode, RequestFault } from '../../shared/protocol/frames.ts'
import type { Scope } from '../../shared/protocol/scopes.ts'

export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode
  readonly message: string
  readonly details: {
    readonly reason: RequestFault
    readonly path?: string
    /** What is wrong with a configuration, each with its place; never a value. */
    readonly issues?: readonly object[]
  }
  readonly retryable?: boolean
  readonly retryAfterMs?: number
}
export type MethodOutcome = { readonly ok: true; readonly payload: unknown } | Refusal

/** Who asks: one connection that has proven itself. */
export interface MethodCaller {
  readonly connId: string
  readonly clientId: string
  readonly scopes: ReadonlySet<Scope>
}

export interface Method {
  /** What the caller must have been granted; checked before `answer` is called. */
  readonly scope: Scope
  /** Takes the parameters as they came. */
  readonly answer: (params: unknown, caller: MethodCaller) => MethodOutcome | Promise<MethodOutcome>
}

export type Methods = ReadonlyMap<string, Method>

/** A method whose parameters are checked; what does not fit is refused with its place, never its value. */
export function defineMethod<Schema extends z.ZodMiniType>(
  scope: Scope,
  schema: Schema,
  answer: (params: z.infer<Schema>, caller: MethodCaller) => MethodOutcome | Promise<MethodOutcome>,
): Method {
  return {
    scope,
    answer(raw, caller) {
      const parsed = schema.safeParse(raw)
      if (parsed.success) return answer(parsed.data, caller)
      const path = parsed.error.issues[0]?.path.map(String).join('.') || 'params'
      const message = `The parameters are not valid at ${path}`
      return { ok: false, code: 'INVALID_REQUEST', message, details: { reason: 'invalid_params', path } }
    },
  }
}

export function found(payload: unknown): MethodOutcome {
  return { ok: true, payload }
}

/** For what this gateway cannot do, or not now. */
export function unavailable(reason: RequestFault, message: string): Refusal {
  return { ok: false, code: 'UNAVAILABLE', message, details: { reason } }
}

/** One whose code is loaded with its first call: the start of the gateway loads none of it. */
export function later(scope: Scope, load: () => Promise<Method['answer']>): Method {
  let answer: Promise<Method['answer']> | null = null
  return {
    scope,
    async answer(params, caller) {
      answer ??= load()
      return (await answer)(params, caller)
    },
  }
}
