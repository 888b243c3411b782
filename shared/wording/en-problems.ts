import type { ProblemCode } from '../problem.ts'
import { enBackupProblems } from './en-backup-problems.ts'
import { enConfigEditProblems } from './en-config-edit-problems.ts'
import { enGatewayProblems } from './en-gateway-problems.ts'
import { enInstallationProblems } from './en-installation-problems.ts'
import { enSecretProblems } from './en-secret-problems.ts'
import { enSessionProblems } from './en-session-problems.ts'
import { enStartupProblems } from './en-startup-problems.ts'
import { enTerminalProblems } from './en-terminal-problems.ts'
import { enUpdateProblems } from './en-update-problems.ts'

export type ProblemText = { what: string; why: string; remedy: string }

export const enProblems: Record<ProblemCode, ProblemText> = {
  ...enSecretProblems,
  ...enSessionProblems,
  ...enGatewayProblems,
  ...enStartupProblems,
  ...enInstallationProblems,
  ...enTerminalProblems,
  ...enUpdateProblems,
  ...enBackupProblems,
  ...enConfigEditProblems,
  CONFIG_SYNTAX: {
    what: 'The configuration cannot be read.',
    why: '`{{path}}`, line {{line}}, column {{column}}: `{{detail}}`.',
    remedy: 'Correct the file at that place, then start the gateway again.',
  },
  CONFIG_INVALID: {
    what: 'A value in the configuration is not valid.',
    why: '`{{key}}` in `{{path}}`, line {{line}}, column {{column}}: `{{detail}}`.',
    remedy: '{{meant}}Correct `{{key}}`; `moltbot config validate` then says whether all is well.',
  },
  CONFIG_MORE_INVALID: {
    what: 'More values in the configuration are not valid.',
    why: '`{{path}}` has {{more}} more of them.',
    remedy: 'Correct the first ones, then see the others with `moltbot config validate`.',
  },
  CONFIG_UNREADABLE: {
    what: 'The configuration file cannot be opened.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give your user the right to read it (`chmod 600`), then start the gateway again.',
  },
  CONFIG_NOT_A_FILE: {
    what: 'The configuration file cannot be opened.',
    why: '`{{path}}` exists, but it is not a file.',
    remedy: 'Move what is there to another place, then start the gateway again: a new file is written.',
  },
  CONFIG_TOO_LARGE: {
    what: 'The configuration file is too large.',
    why: '`{{path}}` has {{bytes}}; at most {{limitBytes}} are read.',
    remedy: 'Check that it is the right file, and remove what does not belong in it.',
  },
  CONFIG_REFUSED: {
    what: 'The configuration was not used, to keep your data safe.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Put that right, then start the gateway again. Nothing was changed.',
  },
  STATE_DIR_NOT_A_FOLDER: {
    what: 'The state folder cannot be used.',
    why: '`{{path}}` exists, but it is not a folder.',
    remedy: 'Move it to another place, or name another folder in `MOLTBOT_STATE_DIR`.',
  },
  STATE_DIR_NOT_WRITABLE: {
    what: 'The state folder cannot be written to.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Give your user the right to write there, or name another folder in `MOLTBOT_STATE_DIR`.',
  },
  TOKEN_MISSING: {
    what: 'The gateway has no token.',
    why: 'Neither the configuration nor the environment nor `{{path}}` has one.',
    remedy: 'Set `{{name}}` in `.env` in the state folder, then start the gateway again.',
  },
  CONFIG_CHANGED_MEANWHILE: {
    what: 'The configuration was not changed.',
    why: 'Something else wrote `{{path}}` at the same moment.',
    remedy: 'Try again.',
  },
  LOG_UNREADABLE: {
    what: 'The gateway’s log cannot be read.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy:
      'See whose file and folder that are and remove what is not yours, or name another place in `logging.file`; then restart the gateway.',
  },
  CONFIG_NOT_EDITABLE: {
    what: 'The configuration was not changed.',
    why: '`{{path}}` cannot be edited here without touching more than was asked for: `{{detail}}`.',
    remedy: 'Change it in the file by hand, then see with `moltbot config validate` that it is well.',
  },
  CONFIG_NOT_WRITTEN: {
    what: 'The configuration was not changed.',
    why: '`{{path}}` could not be written: `{{detail}}`.',
    remedy: 'Free space on the disk, or give yourself the right to write the file, then try again.',
  },
  PORT_IN_USE: {
    what: 'The gateway cannot start.',
    why: 'Port {{port}} is in use by {{program}} (pid {{pid}}, started {{startedAt}} by {{user}}).',
    remedy:
      'Stop that program, or choose another port: set `gateway.port` in `moltbot.json` or `MOLTBOT_GATEWAY_PORT`.',
  },
  PORT_IN_USE_UNKNOWN: {
    what: 'The gateway cannot start.',
    why: 'Port {{port}} is in use by a program of {{user}}, which your user may not see.',
    remedy:
      'Ask {{user}} to stop it, or choose another port: set `gateway.port` in `moltbot.json` or `MOLTBOT_GATEWAY_PORT`.',
  },
  PORT_FORBIDDEN: {
    what: 'The gateway cannot start.',
    why: 'The system does not allow it to listen on port {{port}}: `{{detail}}`.',
    remedy: 'Choose a port above 1023: set `gateway.port` in `moltbot.json` or `MOLTBOT_GATEWAY_PORT`.',
  },
  GATEWAY_SPAWN_FAILED: {
    what: 'The gateway could not be launched.',
    why: '`{{program}}`: `{{detail}}`.',
    remedy: 'Check that this program exists and may be run; `npm run build` makes a new copy.',
  },
  GATEWAY_CRASH_LOOP: {
    what: 'The gateway keeps ending before it is ready.',
    why: 'It ended {{exits}} times within {{seconds}} s, last with {{exit}}.',
    remedy: 'Read its last lines, put the cause right, then start it again.',
  },
  GATEWAY_EXITED: {
    what: 'The gateway ended unexpectedly.',
    why: 'It ended with {{exit}}.',
    remedy: 'It is started again by itself. If this repeats, read its last lines.',
  },
  GATEWAY_HUNG: {
    what: 'The gateway no longer answers.',
    why: 'There was no reply for {{seconds}} s, so it is being ended.',
    remedy: 'It is started again by itself. If this repeats, read its log.',
  },
  GATEWAY_MISSED_PROBES: {
    what: 'The gateway does not answer in time.',
    why: 'It missed {{misses}} health checks in a row.',
    remedy: 'Wait a moment: it is started again if it stays silent. You can also restart it now.',
  },
  GATEWAY_UNWELL: {
    what: 'The gateway says it is not well.',
    why: 'Its health check answers: `{{reason}}`.',
    remedy: 'Restart it. If this stays, read its log.',
  },
  GATEWAY_NOT_RUNNING: {
    what: 'The gateway is not running.',
    why: 'Its state is: {{state}}.',
    remedy: 'Start it with `moltbot service start`, then try again.',
  },
  GATEWAY_UNREACHABLE: {
    what: 'The gateway cannot be reached.',
    why: '`{{url}}` did not answer: `{{detail}}`.',
    remedy: 'Start it with `moltbot service start`, then try again.',
  },
  GATEWAY_NOT_OURS: {
    what: 'Another program answers on the gateway’s port.',
    why: 'Port {{port}} belongs to {{program}} (pid {{pid}}), which was not started from here.',
    remedy: 'Stop that program yourself, or choose another port with `MOLTBOT_GATEWAY_PORT`.',
  },
  GATEWAY_ADOPTED: {
    what: 'This gateway was not started from here.',
    why: 'It is {{program}} (pid {{pid}}), which somebody started by hand. It is watched and never ended from here.',
    remedy: 'Stop it where it was started, e.g. with Ctrl-C in its terminal. Ours is then started by itself.',
  },
  GATEWAY_SERVICE_ENDED: {
    what: 'The gateway’s service has failed.',
    why: '`{{unit}}` ended with {{exit}}, and {{manager}} does not start it again.',
    remedy: 'Read its log, then start it again: `moltbot service start`.',
  },
  GATEWAY_SERVICE_FAILED: {
    what: 'The gateway’s service has failed.',
    why: '{{manager}} could not keep `{{unit}}` running.',
    remedy: 'Read its log, then start it again: `moltbot service start`.',
  },
  GATEWAY_SERVICE_MANAGED: {
    what: 'The gateway is run by a service.',
    why: '{{manager}} runs it as `{{unit}}`; it is not started or ended by other means.',
    remedy:
      'Use `moltbot service start`, `stop` or `restart`, or remove the service with `moltbot service uninstall`.',
  },
  GATEWAY_FOREIGN: {
    what: 'The gateway on this port is not yours.',
    why: 'Port {{port}} belongs to {{program}} (pid {{pid}}) of {{user}}. It is a Moltbot gateway, but of another user, or it expects another token.',
    remedy:
      'Ask {{user}} to stop it, or choose another port: set `gateway.port` in `moltbot.json` or `MOLTBOT_GATEWAY_PORT`.',
  },
  GATEWAY_REFUSED_TOKEN: {
    what: 'The gateway refused the token.',
    why: '`{{url}}` expects another token than `CLAWDBOT_GATEWAY_TOKEN` holds.',
    remedy: 'Use the token in `.env` in the gateway’s state folder, or restart the gateway to load it anew.',
  },
  GATEWAY_PROTOCOL: {
    what: 'The gateway gave an answer that cannot be understood.',
    why: '`{{url}}`: `{{detail}}`.',
    remedy: 'Check that a Moltbot gateway is running there, and that both are of the same version.',
  },
  MEND_FAILED: {
    what: 'This could not be mended.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'Do it by hand, as the finding says.',
  },
  HOST_NOT_RUNNING: {
    what: 'Moltbot Desktop is not running.',
    why: 'Nothing answers at `{{socket}}`.',
    remedy: 'Start it with `npm start` or `moltbot host`, then try again.',
  },
  HOST_UNRESPONSIVE: {
    what: 'Moltbot Desktop does not respond.',
    why: 'Its process (pid {{pid}}) has not answered for {{seconds}} s.',
    remedy:
      'Start it again with `npm start` or `moltbot host`: one that hangs is replaced. If it stays, end process {{pid}}.',
  },
  HOST_LEAVING: {
    what: 'Moltbot Desktop is closing.',
    why: 'Its process (pid {{pid}}) ends the gateway and then itself.',
    remedy: 'Wait a few seconds, then start it again with `npm start` or `moltbot host`.',
  },
  HOST_BUSY_WITH_COMMAND: {
    what: 'A `moltbot` command is at work on the gateway’s state.',
    why: 'Until it has ended (pid {{pid}}), nothing else starts a gateway.',
    remedy: 'Wait for its end, then try again.',
  },
  HOST_DIR_UNUSABLE: {
    what: 'The folder for Moltbot Desktop’s own data cannot be used.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy:
      'See that your user may write there and that the disk has room, or name another folder in `MOLTBOT_HOST_DIR`.',
  },
  HOST_PORT_IN_USE: {
    what: 'The page for the browser cannot be served.',
    why: 'Port {{port}} is in use by {{program}} (pid {{pid}}).',
    remedy: 'Stop that program, or choose another port: `moltbot host --port {{otherPort}}`.',
  },
  HOST_PORT_UNUSABLE: {
    what: 'The page for the browser cannot be served.',
    why: 'Port {{port}} cannot be used: {{detail}}.',
    remedy: 'Choose another port: `moltbot host --port {{otherPort}}`.',
  },
  HOST_SOCKET_PATH_TOO_LONG: {
    what: 'The control socket cannot be opened.',
    why: 'The system allows {{limitBytes}} for its path, and `{{path}}` is longer.',
    remedy: 'Name a folder with a shorter path in `MOLTBOT_HOST_DIR`.',
  },
  SETTINGS_SET_ASIDE: {
    what: 'Your settings could not be read, so the defaults apply.',
    why: 'The settings file was damaged: `{{detail}}`. It was kept as `{{keptAt}}`.',
    remedy: 'Choose your settings again here.',
  },
  SETTINGS_NOT_WRITTEN: {
    what: 'The setting holds until Moltbot Desktop ends, and is not kept.',
    why: '`{{path}}` could not be written: `{{detail}}`.',
    remedy:
      'Free space on the disk, or give yourself the right to write the file, then change the setting again.',
  },
  CALL_UNKNOWN: {
    what: 'The host does not know this request.',
    why: 'It has no call `{{call}}`: it is of another version than what you are using.',
    remedy: 'Reload this page, or restart Moltbot Desktop so that both are of the same version.',
  },
  CALL_NOT_HERE: {
    what: 'This request is not allowed from here.',
    why: '`{{call}}` answers on the control socket only.',
    remedy: 'Use the command line: `moltbot --help` lists what it can do.',
  },
  CALL_ARGUMENTS: {
    what: 'The host refused this request.',
    why: '`{{call}}`: `{{detail}}`.',
    remedy: 'Reload this page, or restart Moltbot Desktop so that both are of the same version.',
  },
  CALLS_TOO_MANY: {
    what: 'The host refused this request.',
    why: 'More than {{limit}} requests were under way at once.',
    remedy: 'Reload this page.',
  },
  ANSWER_UNREADABLE: {
    what: 'The host’s answer cannot be understood.',
    why: '`{{call}}`: `{{detail}}`.',
    remedy: 'Reload this page: it may be of an older version than the host.',
  },
  INTERNAL: {
    what: 'The host met a fault of its own.',
    why: '`{{detail}}`.',
    remedy: 'Try again. If it stays, restart Moltbot Desktop and report the line above.',
  },
  SESSION_REQUIRED: {
    what: 'This page needs a fresh address.',
    why: 'The address you opened holds no code, or its session has ended.',
    remedy: 'Run `npm start` or `moltbot host` again: it prints a fresh address.',
  },
  SESSION_CODE_USED: {
    what: 'This address has already been used.',
    why: 'The code in it works once and only for a short time.',
    remedy: 'Run `npm start` or `moltbot host` again: it prints a fresh address.',
  },
  CONNECTION_LOST: {
    what: 'The host does not answer.',
    why: 'The connection to Moltbot Desktop was lost. It is tried again by itself.',
    remedy: 'If this stays, start Moltbot Desktop again with `npm start` or `moltbot host`.',
  },
}
