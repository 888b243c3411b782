import type { KeyPath } from '../../../host/config/config-tree.ts'
import { writeKey } from '../../../host/config/edit/key-path.ts'
import { changedKeys, leavesOf } from '../../../host/config/edit/plain-value.ts'
import { valueAt } from '../../../host/config/edit/value-at.ts'
import { referencesIn } from '../../../host/config/substitute.ts'
import { type Problem, problem } from '../../../shared/problem.ts'

/**
 * What may be changed over the protocol, by everyone who has the token, from wherever: how much is said, how
 * answers look, how long things wait.
 *
 * Everything else is refused, also keys that are added to the schema later. Not here, and why:
 * - what is run: `tools`, `hooks`, `plugins`, `skills`, `browser`, `cron`, `mcp`, `commands`, sandboxes with their
 *   images, mounts and setup commands, `agents.*.cliBackends`, and models, of which some are programs
 * - what others see of what is run: `env`, which names programs and libraries, and each path: `logging.file`,
 *   `session.store`, workspaces
 * - who may give orders: `allowFrom`, `dmPolicy`, `groupPolicy`, mentions, bindings, `elevated`
 * - what is open to whom: `gateway.auth`, `bind`, `tls`, `tailscale`, `trustedProxies`, `controlUi`, `remote`
 * - what is hidden: `logging.redactSensitive`, `redactPatterns`, every secret, and a new `${NAME}` anywhere, which
 *   would bring a secret into what is shown to others
 * - `$include`: what such a file says is changed later, past this judgement
 */
export const remoteKeys: readonly string[] = [
  'logging.level',
  'logging.consoleLevel',
  'logging.consoleStyle',
  'messages.queue',
  'messages.inbound',
  'messages.messagePrefix',
  'messages.responsePrefix',
  'messages.ackReaction',
  'messages.ackReactionScope',
  'messages.removeAckAfterReply',
  'session.reset',
  'session.resetByType',
  'session.resetByChannel',
  'session.idleMinutes',
  'session.typingMode',
  'session.typingIntervalSeconds',
  'agents.defaults.thinkingDefault',
  'agents.defaults.verboseDefault',
  'agents.defaults.userTimezone',
  'agents.defaults.timeFormat',
  'agents.defaults.typingMode',
  'agents.defaults.typingIntervalSeconds',
  'agents.defaults.timeoutSeconds',
  'agents.defaults.maxConcurrent',
  'agents.defaults.mediaMaxMb',
  'agents.defaults.humanDelay',
  'agents.defaults.blockStreamingDefault',
  'agents.defaults.blockStreamingBreak',
  'agents.defaults.blockStreamingChunk',
  'agents.defaults.blockStreamingCoalesce',
  'channels.whatsapp.sendReadReceipts',
  'channels.whatsapp.messagePrefix',
  'channels.whatsapp.historyLimit',
  'channels.whatsapp.dmHistoryLimit',
  'channels.whatsapp.textChunkLimit',
  'channels.whatsapp.chunkMode',
  'channels.whatsapp.mediaMaxMb',
  'channels.whatsapp.blockStreaming',
  'channels.whatsapp.blockStreamingCoalesce',
  'channels.whatsapp.ackReaction',
  'channels.whatsapp.debounceMs',
  'channels.whatsapp.markdown',
  'web.heartbeatSeconds',
  'web.reconnect',
  'gateway.port',
  'gateway.reload',
  'ui.seamColor',
]

/** Whether who is not at the machine may change what stands at `path`, or anything in it. */
export function isRemoteKey(path: KeyPath): boolean {
  const names = path.map(String)
  return allowed.some((steps) => steps.every((step, depth) => step === names[depth]))
}

const allowed = remoteKeys.map((key) => key.split('.'))

/** Refuses a change of the written values that touches any other key, or refers to a variable anew. */
export function guardRemoteKeys(before: unknown, after: unknown): Problem | null {
  const changed = changedKeys(before, after)
  const local = changed.find((path) => !isRemoteKey(path))
  if (local) return problem('CONFIG_KEY_LOCAL', { key: writeKey(local) || 'the whole file' })
  for (const path of changed) {
    const known = namesIn(valueAt(before, path))
    const name = namesIn(valueAt(after, path)).find((one) => !known.includes(one))
    if (name !== undefined) return problem('CONFIG_REFERENCE_LOCAL', { key: writeKey(path), name })
  }
  return null
}

/** Refuses another choice of included files; `before` and `after` are what the first file itself says. */
export function guardIncludes(before: unknown, after: unknown): Problem | null {
  const changed = changedKeys(includesIn(before), includesIn(after))
  return changed.length > 0 ? problem('CONFIG_KEY_LOCAL', { key: '$include' }) : null
}

function namesIn(value: unknown): string[] {
  return [...leavesOf(value)].flatMap(([, leaf]) => (typeof leaf === 'string' ? referencesIn(leaf) : []))
}

function includesIn(value: unknown): Record<string, unknown> {
  const found = [...leavesOf(value)].filter(([path]) => path.includes('$include'))
  return Object.fromEntries(found.map(([path, leaf]) => [writeKey(path), leaf]))
}
