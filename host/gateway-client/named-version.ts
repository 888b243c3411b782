import { helloSchema } from '../../shared/protocol/frames.ts'

/** What a released Moltbot calls itself that was not started by npm. */
const unnamed = 'dev'

/** The version that a gateway names in its answer to `connect`; null where it names none. */
export function namedVersion(hello: unknown): string | null {
  const found = helloSchema.safeParse(hello)
  return found.success && found.data.server.version !== unnamed ? found.data.server.version : null
}
