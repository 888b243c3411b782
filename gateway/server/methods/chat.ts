import {
  chatAbortParamsSchema,
  chatHistoryParamsSchema,
  chatInjectParamsSchema,
  chatSendParamsSchema,
} from '../../../shared/protocol/session-params.ts'
import { readHistory } from '../../sessions/transcript/chat-history.ts'
import { defineMethod, found, type Method, unavailable } from '../method.ts'
import type { MethodServices } from '../method-services.ts'
import { refuse } from './refuse.ts'
import { sessionStateOf } from './session-state.ts'

const usualMessages = 200
/** More would fill the buffer of the connection, which is then closed. */
const maxAnswerBytes = 1_000_000

export function chatMethods(
  services: MethodServices,
): Record<'history' | 'send' | 'abort' | 'inject', Method['answer']> {
  const history = defineMethod('operator.read', chatHistoryParamsSchema, async (params) => {
    const { sessionKey, limit = usualMessages } = params
    const limits = { messages: limit, maxBytes: maxAnswerBytes }
    const outcome = await readHistory(sessionStateOf(services), sessionKey, limits)
    return outcome.ok ? found(outcome.payload) : refuse(outcome)
  })
  const noAgent = () =>
    unavailable('no_agent', 'This gateway runs no agent yet: nobody would answer, and nothing was written.')
  return {
    history: history.answer,
    send: defineMethod('operator.write', chatSendParamsSchema, noAgent).answer,
    abort: defineMethod('operator.write', chatAbortParamsSchema, noAgent).answer,
    inject: defineMethod('operator.write', chatInjectParamsSchema, noAgent).answer,
  }
}
