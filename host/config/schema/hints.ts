// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import { isSensitiveKey } from './sensitive-keys.ts'

/** What a form says beside the field of a key. */
export interface Hint {
  readonly label: string
  readonly help: string
  /** Its value is a secret. */
  readonly sensitive?: true
  /** Hardly anybody changes it. */
  readonly advanced?: true
}

const plain: Readonly<Record<string, readonly [label: string, help: string]>> = {
  meta: ['Written by', 'Which version wrote this file last.'],
  gateway: ['Gateway', 'Where the gateway listens, and who may connect.'],
  'gateway.mode': ['Mode', 'local: the gateway runs on this machine.'],
  'gateway.port': ['Port', 'Port of the gateway; 18789 where nothing is said.'],
  'gateway.bind': [
    'Address',
    'Who can reach it: loopback (this machine only), lan, tailnet, auto, or custom.',
  ],
  'gateway.auth': ['Access', 'What a client has to show.'],
  'gateway.auth.mode': ['Kind of access', 'token, or password.'],
  'gateway.auth.token': [
    'Token',
    'Best as "${CLAWDBOT_GATEWAY_TOKEN}", with the value kept by moltbot secrets.',
  ],
  'gateway.auth.password': [
    'Password',
    'Best as "${CLAWDBOT_GATEWAY_PASSWORD}"; asked for where the mode is password.',
  ],
  'gateway.reload': ['Changes while it runs', 'What a change of this file does to a running gateway.'],
  'gateway.reload.mode': ['Reload', 'hybrid: at once where it can be, else by a restart; hot; restart; off.'],
  logging: ['Log', 'What is written, where, and what is masked in it.'],
  'logging.level': ['Level of the file', 'silent, fatal, error, warn, info, debug, or trace.'],
  'logging.file': ['Log file', 'In place of the daily file in /tmp/moltbot.'],
  'logging.consoleLevel': ['Level of the console', 'silent, fatal, error, warn, info, debug, or trace.'],
  'logging.consoleStyle': ['Style of the console', 'pretty, compact, or json.'],
  'logging.redactSensitive': [
    'Masking',
    'tools: secrets are masked; off: only those that are known by value.',
  ],
  'logging.redactPatterns': [
    'Patterns to mask',
    'Regular expressions, as text or /text/flags; added to the built-in ones.',
  ],
  messages: ['Messages', 'How messages wait for an agent, and how it answers.'],
  'messages.queue': ['Queue', 'What happens to messages that arrive while an agent is at work.'],
  'messages.queue.mode': [
    'Queue mode',
    'collect merges them into one turn; steer, followup, steer-backlog, interrupt.',
  ],
  'messages.queue.debounceMs': [
    'Pause',
    'Milliseconds without a further message before a turn begins; 1000.',
  ],
  'messages.queue.cap': ['Longest queue', 'Messages that may wait for one session; 20.'],
  'messages.queue.drop': ['When it is full', 'old: the oldest goes; new: the newest is refused; summarize.'],
  'messages.queue.byChannel': ['Mode by channel', 'A queue mode of its own for a channel.'],
  'messages.queue.debounceMsByChannel': [
    'Pause by channel',
    'A pause of its own for a channel, in milliseconds.',
  ],
  agents: ['Agents', 'Who answers, with which model, and where its commands run.'],
  'agents.defaults': ['All agents', 'What holds for every agent that says nothing else.'],
  'agents.defaults.model.primary': ['Model', 'As provider/model.'],
  'agents.defaults.workspace': ['Workspace', 'Folder that an agent works in; ~/clawd.'],
  'agents.defaults.sandbox.mode': ['Sandbox', 'off; non-main: for other sessions than the main one; all.'],
  'agents.defaults.sandbox.scope': ['One sandbox for each', 'session, agent, or shared.'],
  'agents.defaults.sandbox.workspaceAccess': ['Workspace in the sandbox', 'none, ro, or rw.'],
  'agents.defaults.sandbox.docker.cpus': ['Processors', 'How many a sandbox may use; the manual’s cpuLimit.'],
  'agents.defaults.sandbox.docker.memory': [
    'Memory',
    'How much a sandbox may use, as "2g"; the manual’s memoryLimit.',
  ],
  'agents.list': ['Agents by name', 'Each with an id of its own.'],
  channels: ['Channels', 'Where messages come from.'],
  'channels.whatsapp': ['WhatsApp', 'Who may write to the agent over WhatsApp.'],
  'channels.whatsapp.dmPolicy': [
    'Direct messages',
    'pairing, allowlist, disabled, or open (which also needs "*" in allowFrom).',
  ],
  'channels.whatsapp.allowFrom': ['Allowed numbers', 'As +15551234567.'],
  'channels.whatsapp.groupPolicy': ['Groups', 'allowlist, open, or disabled.'],
  session: ['Sessions', 'What belongs to one conversation, and when a new one begins.'],
  'session.dmScope': [
    'Direct messages',
    'main: all in one session; per-peer; per-channel-peer; per-account-channel-peer.',
  ],
  'session.reset': ['New session', 'Daily at an hour, or after a time without a message.'],
  'session.store': ['Session store', 'Path of sessions.json.'],
  commands: ['Commands in messages', 'What a message beginning with / may do.'],
  'commands.restart': ['Restart', 'Whether /restart, and the signal USR1, may restart the gateway.'],
  update: ['Updates', 'Which releases are offered.'],
  'update.channel': ['Channel', 'stable, beta, or dev.'],
  'update.checkOnStart': ['Look at start', 'Whether to ask for a newer release at each start.'],
  web: ['WhatsApp link', 'How the link is kept alive.'],
  'web.heartbeatSeconds': ['Heartbeat', 'Seconds between two signs of life; 60.'],
}

const rarelyChanged: Readonly<Record<string, readonly [label: string, help: string]>> = {
  'gateway.customBindHost': ['Own address', 'IPv4 address of this machine, where the address is custom.'],
  'gateway.auth.allowTailscale': ['Tailscale identity', 'Not read by this gateway.'],
  'gateway.trustedProxies': [
    'Trusted proxies',
    'Addresses whose X-Forwarded-For is written to the access log.',
  ],
  'gateway.tailscale.mode': ['Tailscale', 'off; serve and funnel are refused by this gateway.'],
  'gateway.remote': ['Remote gateway', 'How clients on this machine reach a gateway elsewhere.'],
  'gateway.remote.token': ['Remote token', 'Token of the remote gateway.'],
  'gateway.remote.password': ['Remote password', 'Password of the remote gateway.'],
  'gateway.tls.enabled': ['TLS', 'Refused by this gateway; a reverse proxy speaks TLS.'],
  'gateway.reload.debounceMs': [
    'Pause after a change',
    'Milliseconds without a further change before it is read; 300.',
  ],
  'agents.defaults.sandbox.docker.image': ['Image', 'moltbot-sandbox:bookworm-slim.'],
  'agents.defaults.sandbox.docker.network': ['Network', 'none where nothing is said; host is refused.'],
  'agents.defaults.sandbox.docker.binds': [
    'Mounted folders',
    'source:target[:ro]; what reaches Docker’s socket is refused.',
  ],
  'agents.defaults.sandbox.docker.setupCommand': ['First command', 'Run once in each new sandbox.'],
  'agents.defaults.sandbox.docker.pidsLimit': ['Processes', 'How many a sandbox may have at once.'],
  'agents.defaults.sandbox.prune.idleHours': ['Remove unused after', 'Hours; 24.'],
  'agents.defaults.sandbox.prune.maxAgeDays': ['Remove old after', 'Days; 7.'],
  'web.reconnect': ['Reconnect', 'From initialMs, times factor, up to maxMs; gives up after maxAttempts.'],
}

/** By dotted key, for the keys of the operations manual and their neighbours. */
export const hints: Readonly<Record<string, Hint>> = {
  ...hintsOf(plain, {}),
  ...hintsOf(rarelyChanged, { advanced: true }),
}

function hintsOf(texts: typeof plain, more: { readonly advanced?: true }): Record<string, Hint> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, [label, help]]) => {
      const isSecret = isSensitiveKey(key.split('.'))
      return [key, { label, help, ...(isSecret && { sensitive: true as const }), ...more }]
    }),
  )
}
