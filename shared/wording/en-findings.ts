// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import type { FindingCode } from '../findings.ts'

/** What was found, the facts that show it, and what to do; `mend` says what this program would do by itself. */
export type FindingText = { title: string; detail: string; remedy: string; mend?: string }

export const enFindings = {
  configMissing: {
    title: 'There is no configuration yet',
    detail: '`{{path}}` does not exist; the first start of a gateway writes it.',
    remedy: 'Start Moltbot, or have it written now.',
    mend: 'Write `{{path}}`, and a token where there is none',
  },
  configSyntax: {
    title: 'The configuration cannot be read',
    detail: '`{{path}}`, line {{line}}, column {{column}}: `{{detail}}`.',
    remedy: 'Correct that line by hand. The file is never rewritten while it cannot be read.',
  },
  configInvalid: {
    title: '`{{key}}` has a value that does not fit',
    detail: '`{{path}}`, line {{line}}, column {{column}}: `{{detail}}`.',
    remedy: 'Correct the value; the gateway of Moltbot Desktop does not start with it.',
  },
  configUnreadable: {
    title: 'The configuration cannot be used',
    detail: '`{{path}}`: `{{detail}}`.',
    remedy: 'Put the file right by hand. It is never rewritten while it cannot be read.',
  },
  configMoreInvalid: {
    title: 'More values do not fit',
    detail: '`{{path}}` has {{more}} more of them.',
    remedy: 'Correct the first ones, then look again, or see all with `moltbot config validate`.',
  },
  configUnknownKey: {
    title: '`{{key}}` is not a known key',
    detail:
      '`{{path}}`, line {{line}}, column {{column}}: neither this gateway nor Moltbot itself starts with it.',
    remedy: 'Take it out with `moltbot config unset {{key}}`, or correct its name.',
  },
  configMisspelledKey: {
    title: '`{{key}}` is not a known key',
    detail:
      '`{{path}}`, line {{line}}, column {{column}}: there is none of that name, but `{{suggestion}}`; the gateway does not start with it.',
    remedy:
      'Rename it to `{{suggestion}}` if that is what was meant, or take it out with `moltbot config unset {{key}}`.',
  },
  configWithoutEffect: {
    title: '`{{key}}` has no effect',
    detail: '`{{path}}`, line {{line}}, column {{column}}: `{{key}}` `{{detail}}`.',
    remedy: 'Take it out if nothing else reads it; nothing is wrong otherwise.',
  },
  modeUnset: {
    title: 'The configuration does not say that the gateway runs here',
    detail: '`gateway.mode` is not set in `{{path}}`. Moltbot itself refuses to start without it.',
    remedy: 'Set `gateway.mode` to `"local"`.',
    mend: 'Set `gateway.mode` to `"local"` in `{{path}}`; every other byte stays',
  },
  stateFolderMissing: {
    title: 'There is no state folder yet',
    detail: '`{{path}}` does not exist; the first start of a gateway makes it.',
    remedy: 'Start Moltbot, or have it made now.',
    mend: 'Make `{{path}}` with a configuration and a token',
  },
  stateFolderNotFolder: {
    title: 'The state folder is not a folder',
    detail: '`{{path}}` is something else, or a link to nothing.',
    remedy: 'Move it away, or name another folder with `MOLTBOT_STATE_DIR`.',
  },
  stateFolderForeign: {
    title: 'The state folder belongs to somebody else',
    detail: '`{{path}}` belongs to `{{user}}`; probably something was once run as that user.',
    remedy: 'Give it back: `sudo chown -R "$USER" {{path}}`.',
  },
  stateFolderNotWritable: {
    title: 'The state folder cannot be written',
    detail: '`{{path}}`: `{{detail}}`.',
    remedy: 'Allow writing: `chmod u+rwx {{path}}`; on a disk that is mounted read-only, mount it anew.',
  },
  stateFolderWritable: {
    title: 'Others can change the state folder',
    detail: '`{{path}}` has mode {{mode}}: whoever may write there can swap configuration and credentials.',
    remedy: 'Make it private: `chmod 700 {{path}}`.',
    mend: 'Take the rights of others from `{{path}}`',
  },
  stateFolderOpen: {
    title: 'Others can look into the state folder',
    detail: '`{{path}}` has mode {{mode}}.',
    remedy: 'Make it private: `chmod 700 {{path}}`.',
    mend: 'Take the rights of others from `{{path}}`',
  },
  stateFolderLink: {
    title: 'The state folder is a link',
    detail: '`{{path}}` leads to `{{target}}`. Whoever can change the link decides which state is used.',
    remedy: 'If that is your own doing, leave it. Else move the folder back in place of the link.',
  },
  stateFoldersMissing: {
    title: 'Usual folders of the state are not there yet',
    detail: 'In `{{path}}`: `{{names}}`. A gateway makes each when it first needs it.',
    remedy: 'Nothing needs to be done.',
    mend: 'Make `{{names}}` in `{{path}}`, for you alone',
  },
  configWritable: {
    title: 'Others can change the configuration',
    detail: '`{{path}}` has mode {{mode}}: its keys decide which commands are run.',
    remedy: 'Make it private: `chmod 600 {{path}}`.',
    mend: 'Take the rights of others from `{{path}}`',
  },
  configOpen: {
    title: 'Others can read the configuration',
    detail: '`{{path}}` has mode {{mode}}, and may hold tokens.',
    remedy: 'Make it private: `chmod 600 {{path}}`.',
    mend: 'Take the rights of others from `{{path}}`',
  },
  envFileOpen: {
    title: 'Others can read the secrets in .env',
    detail: '`{{path}}` has mode {{mode}}.',
    remedy: 'Make it private: `chmod 600 {{path}}`. If others use this machine, replace those secrets.',
    mend: 'Take the rights of others from `{{path}}`',
  },
  filesOpen: {
    title: 'Credentials or messages are open to others',
    detail: 'Files and folders in `{{path}}` with rights for others: {{count}}.',
    remedy: 'Make them private: `chmod -R go-rwx` on each.',
    mend: 'Take the rights of others from what has them in `{{path}}` (files and folders: {{count}})',
  },
  filesForeign: {
    title: 'Files of the state belong to somebody else',
    detail:
      'Files and folders of `{{user}}` in `{{path}}`: {{count}}. A gateway run by you cannot change them.',
    remedy: 'Give them back: `sudo chown -R "$USER" {{path}}`.',
  },
  filesTooMany: {
    title: 'Not every file was looked at',
    detail: '`{{path}}` has more than {{limit}} files; the rest was left out.',
    remedy: 'Old sessions may be moved away, so that backups get smaller, too.',
  },
  twoStateFolders: {
    title: 'There are two state folders',
    detail:
      '`{{live}}` is used. `{{other}}` holds a configuration as well, and what is changed there has no effect.',
    remedy: 'Keep one: move what you need from `{{other}}`, then rename it.',
  },
  twoConfigs: {
    title: 'There are two configurations',
    detail: '`{{live}}` is used; what is changed in `{{other}}` has no effect.',
    remedy: 'Keep one: move what you need from `{{other}}`, then rename it.',
  },
  portInvalid: {
    title: 'The gateway’s port is not a port',
    detail: '`{{detail}}`.',
    remedy: 'Correct or remove it; no gateway starts with it.',
  },
  portTaken: {
    title: 'Port {{port}} is taken',
    detail: '`{{program}}` (pid {{pid}}, started {{startedAt}} by `{{user}}`) listens on it.',
    remedy: 'Stop that program, or choose another port: set `gateway.port`.',
  },
  portTakenUnknown: {
    title: 'Port {{port}} is taken',
    detail: 'A program of `{{user}}` listens on it; only that user may know which.',
    remedy: 'Ask for it to be stopped, or choose another port: set `gateway.port`.',
  },
  portForbidden: {
    title: 'Port {{port}} may not be used',
    detail: 'The system refuses it: `{{detail}}`. Ports below 1024 are the administrator’s.',
    remedy: 'Choose a port from 1024 on: set `gateway.port`.',
  },
  lockStale: {
    title: 'A gateway that is gone has left its lock',
    detail:
      '`{{path}}` names process {{pid}}, which does not run. Some versions wait for it, or refuse to start.',
    remedy: 'Remove the file.',
    mend: 'Remove `{{path}}`, after proving once more that nobody holds it',
  },
  lockReused: {
    title: 'A gateway that is gone has left its lock',
    detail:
      '`{{path}}` names process {{pid}}. That is now `{{program}}`, started {{startedAt}}, later than the lock was written.',
    remedy: 'Remove the file, and leave that process alone.',
    mend: 'Remove `{{path}}`, after proving once more that nobody holds it',
  },
  lockElsewhere: {
    title: 'A gateway runs that was started elsewhere',
    detail: '`{{program}}` (pid {{pid}}, started {{startedAt}} by `{{user}}`) holds the lock of this state.',
    remedy: 'If you started it, nothing needs to be done: it is never ended by this program.',
  },
  lockStrange: {
    title: 'Something stands where the gateway’s lock belongs',
    detail: '`{{path}}`: `{{detail}}`. Other programs cannot see that a gateway runs.',
    remedy: 'Look at it, and move it away.',
  },
  tokenMissing: {
    title: 'The gateway has no token',
    detail: '`{{name}}` is set nowhere, and no gateway starts without one.',
    remedy: 'Make one: `moltbot secrets rotate-token`.',
    mend: 'Make a random token and keep it where secrets are kept',
  },
  tokenWord: {
    title: 'The gateway’s token is no token',
    detail:
      '`{{name}}` is a word that a script writes when a value is missing ({{source}}). No gateway starts with it.',
    remedy: 'Replace it: `moltbot secrets rotate-token`.',
  },
  tokenGuessable: {
    title: 'The gateway’s token can be guessed',
    detail: 'It is a word from an example ({{source}}).',
    remedy: 'Replace it: `moltbot secrets rotate-token`, or set a random one where it is written.',
  },
  tokenShort: {
    title: 'The gateway’s token is short',
    detail: 'It has fewer than {{least}} characters ({{source}}).',
    remedy: 'Replace it: `moltbot secrets rotate-token`, or set a longer one where it is written.',
  },
  tokenWritten: {
    title: 'The gateway’s token stands in the configuration',
    detail: '`{{path}}` has its value. Whoever sees the file, or a backup of it, has the token.',
    remedy:
      'Set `gateway.auth.token` to `"{{reference}}"`, and the value with `moltbot secrets set {{name}}`.',
  },
  tokensDiffer: {
    title: 'Two places give two tokens',
    detail: '`{{name}}` differs: one is in force ({{inForce}}), another one is not ({{other}}).',
    remedy: 'Remove the one that is not meant; else some programs are refused.',
  },
  diskFull: {
    title: 'The disk is full',
    detail: '{{bytes}} are free where `{{path}}` lies. Writing fails soon, or already does.',
    remedy: 'Make room: old logs and backups first.',
  },
  diskLow: {
    title: 'The disk is nearly full',
    detail: '{{bytes}} are free where `{{path}}` lies.',
    remedy: 'Make room: old logs and backups first.',
  },
  nodeMissing: {
    title: 'The Node that runs the gateway is gone',
    detail: '`{{path}}` cannot be run.',
    remedy: 'Install Moltbot Desktop again.',
  },
  nodeOld: {
    title: 'Node is too old',
    detail: '`{{path}}` is {{version}}; at least {{least}} is needed.',
    remedy: 'Install a newer Node, or Moltbot Desktop, which brings its own.',
  },
  clockWrong: {
    title: 'The clock of this machine is not right',
    detail: 'It says {{now}}, or `{{path}}` was written later than that.',
    remedy: 'Set it: `timedatectl set-ntp true`, or in the system settings.',
  },
  serviceNodeGone: {
    title: 'The service starts a program that is gone',
    detail: '`{{path}}` names `{{program}}`; an update of Node may have removed it.',
    remedy: 'Install the service again: `moltbot service install`.',
  },
  serviceEntryGone: {
    title: 'The service starts a gateway that is gone',
    detail: '`{{path}}` names `{{program}}`.',
    remedy: 'Install the service again: `moltbot service install`.',
  },
  serviceSecrets: {
    title: 'A service file holds secrets',
    detail: '`{{path}}` sets `{{names}}`. They stay as they were there when they are changed elsewhere.',
    remedy: 'Remove those lines, keep the values with `moltbot secrets set`, and install the service again.',
  },
  serviceUnloaded: {
    title: 'The service is there, but not loaded',
    detail: '`{{unit}}` is not known to the service manager, though `{{path}}` exists: it starts nothing.',
    remedy: 'Install it again: `moltbot service install`, or remove it: `moltbot service uninstall`.',
  },
  serviceFailed: {
    title: 'The service has failed',
    detail: '`{{unit}}` has ended and is not started again.',
    remedy: 'Look at its log, then start it: `moltbot service start`.',
  },
  serviceEdited: {
    title: 'The service file was changed by hand',
    detail: '`{{path}}` is not as it was written. It is left as it is.',
    remedy: 'Nothing needs to be done.',
  },
  serviceForeign: {
    title: 'Another program’s service runs the gateway',
    detail: '`{{path}}` was not written by Moltbot Desktop. It is left as it is.',
    remedy: 'Nothing needs to be done.',
  },
  serviceLegacy: {
    title: 'A service of an older name is there',
    detail: '`{{path}}` starts a gateway, too: two of them fight for the port.',
    remedy: 'Remove it after you have looked at it.',
  },
  lingerOff: {
    title: 'The service ends when you log out',
    detail: 'Services of `{{user}}` run only during a session, `{{unit}}` too.',
    remedy: 'If it is to run always: `loginctl enable-linger {{user}}`.',
  },
  logLarge: {
    title: 'A log is very large',
    detail: '`{{path}}` has {{bytes}}.',
    remedy: 'See what fills it, then empty it: `: > {{path}}`.',
  },
  logGrows: {
    title: 'The log grows fast',
    detail: '`{{path}}` grows by {{bytes}} an hour.',
    remedy: 'See which message repeats: `moltbot logs --tail 200`.',
  },
  logFolderLarge: {
    title: 'The logs take much room',
    detail: '{{bytes}} lie in `{{path}}`; files: {{count}}.',
    remedy: 'Delete those that you do not need any more.',
  },
  logFolderUnsafe: {
    title: 'The log folder cannot be trusted',
    detail: '`{{path}}`: `{{detail}}`. The log is written to `{{instead}}` instead.',
    remedy: 'Move it away, and the gateway makes it anew; or name another folder with `MOLTBOT_LOG_DIR`.',
  },
  logFolderOpen: {
    title: 'Others can look into the log folder',
    detail: '`{{path}}` has mode {{mode}}; messages stand in the log.',
    remedy: 'Make it private: `chmod 700 {{path}}`.',
    mend: 'Take the rights of others from `{{path}}`',
  },
  logFilesOpen: {
    title: 'Others can read logs',
    detail: 'Logs in `{{path}}` that are open to others: {{count}}.',
    remedy: 'Make them private: `chmod 600` on each.',
    mend: 'Take the rights of others from logs in `{{path}}` (files: {{count}})',
  },
  logLevelInverted: {
    title: 'Moltbot itself logs more with this level, not less',
    detail: '`logging.level` is `{{level}}`. The gateway of Moltbot Desktop logs less with it, as meant.',
    remedy: 'If you run Moltbot’s own gateway, use `info`.',
  },
  backupNone: {
    title: 'There is no backup',
    detail: 'None is in `{{folder}}`.',
    remedy: 'Make one: `moltbot backup create`.',
  },
  backupOld: {
    title: 'The last backup is old',
    detail: 'It is of {{at}}, in `{{folder}}`.',
    remedy: 'Make one: `moltbot backup create`, and leave the daily one on.',
  },
  backupFailed: {
    title: 'The last backup failed',
    detail: 'At {{at}}: {{reason}}.',
    remedy: 'See the Backups page, or try again: `moltbot backup create`.',
  },
  backupFolderUnusable: {
    title: 'Backups cannot be written',
    detail: '`{{folder}}`: {{reason}}.',
    remedy: 'Plug the disk in, or choose another folder: `moltbot backup schedule --folder FOLDER`.',
  },
  backupKeyUnsaved: {
    title: 'The key of the backups is only on this machine',
    detail: 'If it is lost, nobody can open those in `{{folder}}`.',
    remedy: 'Save the recovery sheet and keep it elsewhere: `moltbot backup recovery-sheet`.',
  },
  backupOff: {
    title: 'The daily backup is off',
    detail: 'The last one is young enough, in `{{folder}}`.',
    remedy: 'Switch it on: `moltbot backup schedule on`.',
  },
  storeUnready: {
    title: 'The secrets cannot be read now',
    detail: '{{title}}: {{state}}.',
    remedy: 'See what it says: `moltbot secrets check`.',
  },
  gatewayFailed: {
    title: 'The gateway does not keep running',
    detail: '{{reason}}.',
    remedy: 'Put right what is named above or here, then start it: `moltbot service start`.',
  },
  gatewayUnwell: {
    title: 'The gateway does not answer well',
    detail: '{{reason}}.',
    remedy: 'Look at its log, or start it again: `moltbot service restart`.',
  },
  gatewayStopped: {
    title: 'The gateway is stopped on request',
    detail: 'Since {{at}}.',
    remedy: 'Start it when you need it: `moltbot service start`.',
  },
  gatewayUnattended: {
    title: 'Nothing looks after a gateway now',
    detail: 'No host of Moltbot Desktop runs, so that nothing was asked on port {{port}}.',
    remedy: 'Start one: `moltbot host`.',
  },
  hostHung: {
    title: 'The host does not answer',
    detail: 'Process {{pid}} holds its place, but said nothing for {{seconds}} s.',
    remedy:
      'Start Moltbot again: `moltbot host`. It takes the place of one that hangs; the gateway goes on meanwhile.',
  },
  bindNoAuth: {
    title: 'The gateway is open to the network, without a token',
    detail: '`gateway.bind` is `{{bind}}`, and nobody is asked for anything.',
    remedy: 'Set `gateway.bind` to `"loopback"`, and a token.',
  },
  bindOpen: {
    title: 'The gateway can be reached from the network',
    detail: '`gateway.bind` is `{{bind}}`. The token is all that stands between it and everybody there.',
    remedy: 'Set `gateway.bind` to `"loopback"`, and reach it through ssh or Tailscale.',
  },
  tailscaleFunnel: {
    title: 'The gateway is open to the whole internet',
    detail: '`{{key}}` is `funnel`.',
    remedy: 'Use `serve`, which only your own devices reach, or `off`.',
  },
  tailscaleServe: {
    title: 'Your Tailscale devices can reach the gateway',
    detail: '`{{key}}` is `serve`.',
    remedy: 'Nothing needs to be done if that is meant.',
  },
  passwordWritten: {
    title: 'The gateway’s password stands in the configuration',
    detail: '`{{key}}` in `{{path}}` has its value.',
    remedy: 'Refer to it as `"${CLAWDBOT_GATEWAY_PASSWORD}"`, and keep the value with `moltbot secrets set`.',
  },
  secretsInConfig: {
    title: 'Secrets stand in the configuration',
    detail: 'Values in `{{path}}` that look like tokens or keys: {{count}}.',
    remedy: 'Refer to each as `"${NAME}"`, and keep its value with `moltbot secrets set NAME`.',
  },
  secretsInEnvFile: {
    title: 'Secrets lie readable in .env',
    detail: 'Secrets in `{{path}}`: {{count}}. Programs that run as you can read them.',
    remedy: 'Where there is a keychain, move each: `moltbot secrets move NAME`.',
  },
  redactOff: {
    title: 'Secrets are written into the log',
    detail: '`logging.redactSensitive` is `off` in `{{path}}`.',
    remedy: 'Set it to `"tools"`.',
    mend: 'Set `logging.redactSensitive` to `"tools"` in `{{path}}`; every other byte stays',
  },
  syncedFolder: {
    title: 'The state is copied to other computers',
    detail:
      '`{{path}}` lies in a folder of {{service}}: credentials go along, and two machines may write at once.',
    remedy: 'Move it to a folder that is not synced, or name one with `MOLTBOT_STATE_DIR`.',
  },
  dmOpen: {
    title: 'Anybody can write to the assistant through `{{channel}}`',
    detail: '`{{key}}` lets everybody in, and what they write may be acted on here.',
    remedy: 'Use `pairing` or `allowlist`, and name who may.',
  },
  groupOpen: {
    title: 'Any group can use the assistant through `{{channel}}`',
    detail: '`{{key}}` lets every group in.',
    remedy: 'Use `allowlist`, and name the groups.',
  },
  groupOpenElevated: {
    title: 'Any group can have commands run through `{{channel}}`',
    detail: '`{{key}}` lets every group in, and elevated tools are on.',
    remedy: 'Use `allowlist`, and name the groups; or switch `tools.elevated` off.',
  },
  elevatedWildcard: {
    title: 'Anybody may have commands run with elevated rights',
    detail: '`{{key}}` holds `*`.',
    remedy: 'Name who may.',
  },
  insecureAuth: {
    title: 'The control page accepts a token over plain HTTP',
    detail: '`{{key}}` is on.',
    remedy: 'Switch it off; open the page on this machine, or over HTTPS.',
  },
  deviceAuthOff: {
    title: 'The control page does not ask which device it is',
    detail: '`{{key}}` is on: a stolen token is enough.',
    remedy: 'Switch it off.',
  },
  hooksTokenMissing: {
    title: 'Webhooks have no token',
    detail: '`hooks.enabled` is on, and `{{key}}` is not set.',
    remedy: 'Set a random one of their own, or switch webhooks off.',
  },
  hooksTokenShort: {
    title: 'The token of webhooks is short',
    detail: '`{{key}}` has fewer than {{least}} characters.',
    remedy: 'Set a longer random one.',
  },
  hooksTokenReused: {
    title: 'Webhooks use the gateway’s own token',
    detail: '`{{key}}` has the same value: whoever may send a webhook may do everything.',
    remedy: 'Set another random one.',
  },
  hooksPathRoot: {
    title: 'Webhooks answer at every address',
    detail: '`{{key}}` is the root.',
    remedy: 'Set it to a path of its own, as `"/hooks"`.',
  },
  plainBackups: {
    title: 'Backups lie there unencrypted',
    detail: 'Archives in `{{folder}}` that whoever gets them can open: {{count}}. Credentials are in there.',
    remedy:
      'Restore what you need from them, then delete them; `moltbot backup create` makes encrypted ones.',
  },
  browserTerminal: {
    title: 'A terminal can be opened in the browser',
    detail: 'You allowed it. Whoever gets hold of such a page can run commands as you.',
    remedy: 'Take it back in the settings when you do not need it.',
  },
  gatewayNotAsked: {
    title: 'The gateway was not asked',
    detail: 'None of this configuration runs on port {{port}}.',
    remedy: 'Start it, then check again.',
  },
  listensWide: {
    title: 'The running gateway can be reached from the network',
    detail: 'It listens on `{{address}}`, port {{port}}.',
    remedy: 'Set `gateway.bind` to `"loopback"` and start it again.',
  },
  acceptsNoToken: {
    title: 'The running gateway lets anybody in',
    detail: 'A connection without a token was accepted on port {{port}}.',
    remedy: 'Set a token and start it again; stop it until then.',
  },
  acceptsWrongToken: {
    title: 'The running gateway accepts any token',
    detail: 'A connection with a random token was accepted on port {{port}}.',
    remedy: 'Stop it, and update it.',
  },
  acceptsForeignOrigin: {
    title: 'Pages of other sites can talk to the gateway',
    detail: 'A connection from `https://stranger.example` was taken on port {{port}}.',
    remedy: 'Use a newer gateway, or the one of Moltbot Desktop.',
  },
  acceptsForeignHost: {
    title: 'The gateway answers to foreign names',
    detail: 'A request for `stranger.example` was answered on port {{port}}; a page could pose as it.',
    remedy: 'Use a newer gateway, or the one of Moltbot Desktop.',
  },
  checkTimedOut: {
    title: 'A check did not come to an end',
    detail:
      '{{check}}: no answer within {{seconds}} s. A folder on a network that is gone may be the reason.',
    remedy: 'See that disks and network folders are there, then check again.',
  },
  checkFailed: {
    title: 'A check failed',
    detail: '{{check}}: `{{detail}}`.',
    remedy: 'Check again; if it stays, report it with this text.',
  },
} as const satisfies Record<FindingCode, FindingText>
