/** Keys that earlier versions of Moltbot, or people, put elsewhere; a whole section as well as one key of it. */
const moved: Readonly<Record<string, string>> = {
  whatsapp: 'channels.whatsapp',
  telegram: 'channels.telegram',
  discord: 'channels.discord',
  slack: 'channels.slack',
  signal: 'channels.signal',
  imessage: 'channels.imessage',
  msteams: 'channels.msteams',
  routing: 'messages',
  'routing.allowFrom': 'channels.whatsapp.allowFrom',
  'routing.bindings': 'bindings',
  'routing.agents': 'agents.list',
  'routing.defaultAgentId': 'agents.list[].default',
  'routing.agentToAgent': 'tools.agentToAgent',
  'routing.groupChat': 'messages.groupChat',
  'routing.queue': 'messages.queue',
  'routing.transcribeAudio': 'tools.media.audio.models',
  identity: 'agents.list[].identity',
  agent: 'agents.defaults',
  'agent.allowedModels': 'agents.defaults.models',
  'agent.modelAliases': 'agents.defaults.models',
  'agent.modelFallbacks': 'agents.defaults.model.fallbacks',
  'agent.imageModelFallbacks': 'agents.defaults.imageModel.fallbacks',
  'agent.tools': 'tools',
  'agent.elevated': 'tools.elevated',
  'agent.bash': 'tools.exec',
  'agents.defaults.tools': 'tools',
  'tools.bash': 'tools.exec',
  'gateway.token': 'gateway.auth.token',
  'gateway.password': 'gateway.auth.password',
  'gateway.host': 'gateway.bind',
  'gateway.bindHost': 'gateway.customBindHost',
  'logging.path': 'logging.file',
  'logging.redact': 'logging.redactSensitive',
  'messages.debounceMs': 'messages.queue.debounceMs',
  queue: 'messages.queue',
  log: 'logging',
  port: 'gateway.port',
  bind: 'gateway.bind',
  token: 'gateway.auth.token',
  sandbox: 'agents.defaults.sandbox',
}

/** Where `key` is now, with what stood below it; null where it never was elsewhere. */
export function movedKey(key: string): string | null {
  const parts = key.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const former = parts.slice(0, length).join('.')
    const place = Object.hasOwn(moved, former) ? moved[former] : undefined
    if (place) return [place, ...parts.slice(length)].join('.')
  }
  return null
}
