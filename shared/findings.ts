/** Every kind of finding, with the facts that its texts in `shared/wording/` may use. */
export type FindingFacts = {
  // configuration
  configMissing: { path: string }
  configSyntax: { path: string; line: number; column: number; detail: string }
  configInvalid: { path: string; line: number; column: number; key: string; detail: string }
  configUnreadable: { path: string; detail: string }
  configUnknownKey: { path: string; line: number; column: number; key: string }
  configMoreInvalid: { path: string; more: number }
  configWithoutEffect: { path: string; line: number; column: number; key: string; detail: string }
  configMisspelledKey: { path: string; line: number; column: number; key: string; suggestion: string }
  modeUnset: { path: string }
  // state folder and files
  stateFolderMissing: { path: string }
  stateFolderNotFolder: { path: string }
  stateFolderForeign: { path: string; user: string }
  stateFolderNotWritable: { path: string; detail: string }
  stateFolderWritable: { path: string; mode: string }
  stateFolderOpen: { path: string; mode: string }
  stateFolderLink: { path: string; target: string }
  stateFoldersMissing: { path: string; names: string }
  configWritable: { path: string; mode: string }
  configOpen: { path: string; mode: string }
  envFileOpen: { path: string; mode: string }
  filesOpen: { path: string; count: number }
  filesForeign: { path: string; count: number; user: string }
  filesTooMany: { path: string; limit: number }
  twoStateFolders: { live: string; other: string }
  twoConfigs: { live: string; other: string }
  // port, lock, token
  portInvalid: { source: string; detail: string }
  portTaken: { port: number; pid: number; program: string; user: string; startedAt: number }
  portTakenUnknown: { port: number; user: string }
  portForbidden: { port: number; detail: string }
  lockStale: { path: string; pid: number }
  lockReused: { path: string; pid: number; program: string; startedAt: number }
  lockElsewhere: { pid: number; program: string; user: string; startedAt: number }
  lockStrange: { path: string; detail: string }
  tokenMissing: { name: string }
  tokenWord: { name: string; source: string }
  tokenGuessable: { source: string }
  tokenShort: { source: string; least: number }
  tokenWritten: { path: string; name: string; reference: string }
  tokensDiffer: { name: string; inForce: string; other: string }
  // machine
  diskFull: { path: string; bytes: number }
  diskLow: { path: string; bytes: number }
  nodeMissing: { path: string }
  nodeOld: { path: string; version: string; least: string }
  clockWrong: { now: number; path: string }
  serviceNodeGone: { path: string; program: string }
  serviceEntryGone: { path: string; program: string }
  serviceSecrets: { path: string; names: string }
  serviceUnloaded: { unit: string; path: string }
  serviceFailed: { unit: string }
  serviceEdited: { path: string }
  serviceForeign: { path: string }
  serviceLegacy: { path: string }
  lingerOff: { user: string; unit: string }
  // log
  logLarge: { path: string; bytes: number }
  logGrows: { path: string; bytes: number }
  logFolderLarge: { path: string; bytes: number; count: number }
  logFolderUnsafe: { path: string; detail: string; instead: string }
  logFolderOpen: { path: string; mode: string }
  logFilesOpen: { path: string; count: number }
  logLevelInverted: { level: string }
  // what the host keeps
  backupNone: { folder: string }
  backupOld: { at: number; folder: string }
  backupFailed: { at: number; reason: string }
  backupFolderUnusable: { folder: string; reason: string }
  backupKeyUnsaved: { folder: string }
  backupOff: { folder: string }
  storeUnready: { title: string; state: string }
  // gateway
  gatewayFailed: { reason: string }
  gatewayUnwell: { reason: string }
  gatewayStopped: { at: number }
  gatewayUnattended: { port: number }
  hostHung: { pid: number; seconds: number }
  // audit
  bindNoAuth: { bind: string }
  bindOpen: { bind: string }
  tailscaleFunnel: { key: string }
  tailscaleServe: { key: string }
  passwordWritten: { path: string; key: string }
  secretsInConfig: { path: string; count: number }
  secretsInEnvFile: { path: string; count: number }
  redactOff: { path: string }
  syncedFolder: { path: string; service: string }
  dmOpen: { channel: string; key: string }
  groupOpen: { channel: string; key: string }
  groupOpenElevated: { channel: string; key: string }
  elevatedWildcard: { key: string }
  insecureAuth: { key: string }
  deviceAuthOff: { key: string }
  hooksTokenMissing: { key: string }
  hooksTokenShort: { key: string; least: number }
  hooksTokenReused: { key: string }
  hooksPathRoot: { key: string }
  plainBackups: { folder: string; count: number }
  browserTerminal: Record<never, never>
  gatewayNotAsked: { port: number }
  listensWide: { port: number; address: string }
  acceptsNoToken: { port: number }
  acceptsWrongToken: { port: number }
  acceptsForeignOrigin: { port: number }
  acceptsForeignHost: { port: number }
  // about a check itself
  checkTimedOut: { check: string; seconds: number }
  checkFailed: { check: string; detail: string }
}
export type FindingCode = keyof FindingFacts

/** What is looked at; a check that finds nothing is reported as `ok` under its name. */
export const checkNames = [
  'config',
  'stateFolder',
  'stateFolders',
  'fileModes',
  'twoStates',
  'port',
  'lock',
  'token',
  'disk',
  'node',
  'clock',
  'service',
  'logGrowth',
  'logFolder',
  'logLevel',
  'backups',
  'store',
  'gateway',
  'bind',
  'plaintext',
  'redaction',
  'syncedFolder',
  'channels',
  'controlUi',
  'hooks',
  'plainBackups',
  'terminal',
  'runningGateway',
] as const
export type CheckName = (typeof checkNames)[number]

/** A shorter token is said to be weak, by Moltbot as well. */
export const leastTokenLength = 24
