import type { FindingCode } from '../../../shared/findings.ts'

/** What Moltbot's own audit calls the same, for scripts that were written for it. */
const known: Partial<Record<FindingCode, string>> = {
  bindNoAuth: 'gateway.bind_no_auth',
  tokenMissing: 'gateway.loopback_no_auth',
  tailscaleFunnel: 'gateway.tailscale_funnel',
  tailscaleServe: 'gateway.tailscale_serve',
  insecureAuth: 'gateway.control_ui.insecure_auth',
  deviceAuthOff: 'gateway.control_ui.device_auth_disabled',
  tokenShort: 'gateway.token_too_short',
  hooksPathRoot: 'hooks.path_root',
  hooksTokenShort: 'hooks.token_too_short',
  hooksTokenReused: 'hooks.token_reuse_gateway_token',
  elevatedWildcard: 'tools.elevated.allowFrom.wildcard',
  groupOpenElevated: 'security.exposure.open_groups_with_elevated',
  stateFolderWritable: 'fs.state_dir.perms_world_writable',
  stateFolderOpen: 'fs.state_dir.perms_readable',
  stateFolderLink: 'fs.state_dir.symlink',
  configWritable: 'fs.config.perms_writable',
  configOpen: 'fs.config.perms_world_readable',
  filesOpen: 'fs.credentials_dir.perms_readable',
  logFilesOpen: 'fs.log_file.perms_readable',
  syncedFolder: 'fs.synced_dir',
  redactOff: 'logging.redact_off',
  passwordWritten: 'config.secrets.gateway_password_in_config',
  dmOpen: 'channels.dm.open',
  groupOpen: 'channels.group.open',
}

export function checkId(code: string): string {
  return (known as Readonly<Record<string, string>>)[code] ?? code
}
