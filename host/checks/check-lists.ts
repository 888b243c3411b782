import { backupsCheck } from './each/backups.ts'
import { bindCheck } from './each/bind.ts'
import { channelsCheck } from './each/channels.ts'
import { clockCheck } from './each/clock.ts'
import { configCheck, readableConfigCheck } from './each/config.ts'
import { controlUiCheck } from './each/control-ui.ts'
import { diskCheck } from './each/disk.ts'
import { fileModesCheck } from './each/file-modes.ts'
import { gatewayCheck } from './each/gateway.ts'
import { hooksCheck } from './each/hooks.ts'
import { lockCheck } from './each/lock.ts'
import { logFolderCheck } from './each/log-folder.ts'
import { logGrowthCheck } from './each/log-growth.ts'
import { logLevelCheck } from './each/log-level.ts'
import { nodeCheck } from './each/node.ts'
import { plainBackupsCheck } from './each/plain-backups.ts'
import { plaintextCheck } from './each/plaintext.ts'
import { portCheck } from './each/port.ts'
import { redactionCheck } from './each/redaction.ts'
import { runningGatewayCheck } from './each/running-gateway.ts'
import { serviceCheck } from './each/service.ts'
import { stateFolderCheck } from './each/state-folder.ts'
import { stateFoldersCheck } from './each/state-folders.ts'
import { storeCheck } from './each/store.ts'
import { syncedFolderCheck } from './each/synced-folder.ts'
import { terminalCheck } from './each/terminal.ts'
import { tokenCheck } from './each/token.ts'
import { twoStatesCheck } from './each/two-states.ts'
import type { Check } from './finding.ts'

/** In the order in which they are mended: a folder before what is in it, a token before what refers to it. */
const doctorChecks: readonly Check[] = [
  stateFolderCheck,
  stateFoldersCheck,
  fileModesCheck,
  tokenCheck,
  configCheck,
  twoStatesCheck,
  lockCheck,
  portCheck,
  gatewayCheck,
  serviceCheck,
  nodeCheck,
  diskCheck,
  clockCheck,
  logFolderCheck,
  logGrowthCheck,
  logLevelCheck,
  storeCheck,
  backupsCheck,
]

const auditChecks: readonly Check[] = [
  stateFolderCheck,
  fileModesCheck,
  tokenCheck,
  readableConfigCheck,
  bindCheck,
  controlUiCheck,
  channelsCheck,
  hooksCheck,
  plaintextCheck,
  redactionCheck,
  logFolderCheck,
  syncedFolderCheck,
  plainBackupsCheck,
  terminalCheck,
]

const checks = { doctor: doctorChecks, audit: auditChecks }

/** `deep` asks the running gateway too. */
export function checksOf(kind: keyof typeof checks, deep: boolean): readonly Check[] {
  return deep ? [...checks[kind], runningGatewayCheck] : checks[kind]
}
