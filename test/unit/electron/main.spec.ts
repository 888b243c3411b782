import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build } from 'vite'
import { expect, it } from 'vitest'
import { mainScript } from '../../../build/bundle/desktop.ts'
import { root } from '../../../build/prepare/root.mjs'

/** All that is read before the tray icon stands: what the pre-ready calls, the lock and the tray need. */
const beforeTheTray = [
  'electron/app-folder.ts',
  'electron/desktop.ts',
  'electron/language.ts',
  'electron/main.ts',
  'electron/one-line.ts',
  'electron/page-address.ts',
  'electron/quit/listen-for-quit.ts',
  'electron/quit/quit-path.ts',
  'electron/start/before-ready.ts',
  'electron/start/second-start.ts',
  'electron/start/start-options.ts',
  'electron/tray/menu-template.ts',
  'electron/tray/state-lines.ts',
  'electron/tray/status-notifier-watcher.ts',
  'electron/tray/tray-icon.ts',
  'electron/tray/tray-images.ts',
  'electron/tray/tray-menu.ts',
  'electron/tray/tray.ts',
  'host/claim-host.ts',
  'host/clock.ts',
  'host/config/gateway-port.ts',
  'host/config/state-paths.ts',
  'host/crash-policy.ts',
  'host/host-paths.ts',
  'host/lock/become-primary.ts',
  'host/lock/host-lock.ts',
  'host/memory-policy.ts',
  'host/processes/boot-id.ts',
  'host/processes/darwin-process-table.ts',
  'host/processes/linux-environment.ts',
  'host/processes/linux-process-table.ts',
  'host/processes/linux-sockets.ts',
  'host/processes/open-process-table.ts',
  'host/processes/process-table.ts',
  'host/processes/user-name.ts',
  'host/terminal.ts',
  'package i18next',
  'shared/endpoints.ts',
  'shared/exit-codes.ts',
  'shared/gateway-state.ts',
  'shared/problem.ts',
  'shared/state-shape.ts',
  'shared/wording/describe-problem.ts',
  'shared/wording/en-backup-problems.ts',
  'shared/wording/en-backups.ts',
  'shared/wording/en-checks.ts',
  'shared/wording/en-config-edit-problems.ts',
  'shared/wording/en-gateway-problems.ts',
  'shared/wording/en-installation-problems.ts',
  'shared/wording/en-jobs.ts',
  'shared/wording/en-problems.ts',
  'shared/wording/en-round.ts',
  'shared/wording/en-secret-problems.ts',
  'shared/wording/en-secrets.ts',
  'shared/wording/en-session-problems.ts',
  'shared/wording/en-startup-problems.ts',
  'shared/wording/en-startup.ts',
  'shared/wording/en-terminal-problems.ts',
  'shared/wording/en-terminal.ts',
  'shared/wording/en-update-problems.ts',
  'shared/wording/en-updates.ts',
  'shared/wording/en.ts',
  'shared/wording/escape-controls.ts',
  'shared/wording/format.ts',
  'shared/wording/texts.ts',
  'shared/wording/zh-cn-backup-problems.ts',
  'shared/wording/zh-cn-backups.ts',
  'shared/wording/zh-cn-checks.ts',
  'shared/wording/zh-cn-config-edit-problems.ts',
  'shared/wording/zh-cn-gateway-problems.ts',
  'shared/wording/zh-cn-installation-problems.ts',
  'shared/wording/zh-cn-jobs.ts',
  'shared/wording/zh-cn-problems.ts',
  'shared/wording/zh-cn-round.ts',
  'shared/wording/zh-cn-secret-problems.ts',
  'shared/wording/zh-cn-secrets.ts',
  'shared/wording/zh-cn-session-problems.ts',
  'shared/wording/zh-cn-startup-problems.ts',
  'shared/wording/zh-cn-startup.ts',
  'shared/wording/zh-cn-terminal-problems.ts',
  'shared/wording/zh-cn-terminal.ts',
  'shared/wording/zh-cn-update-problems.ts',
  'shared/wording/zh-cn-updates.ts',
  'shared/wording/zh-cn.ts',
]

it('reads nothing before the tray that the tray does not need', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'moltbot-bundle-'))
  try {
    const config = mainScript(root, folder)
    const built = await build({ ...config, build: { ...config.build, write: false } })
    if (!('output' in built)) throw new Error('one build gives one output')
    const read = new Set<string>()
    const follow = (fileName: string) => {
      const chunk = built.output.find((part) => part.fileName === fileName)
      if (chunk?.type !== 'chunk') return // Electron and Node's own
      for (const path of chunk.moduleIds) {
        if (path.startsWith('/')) read.add(nameOf(path)) // the others are the bundler's own
      }
      for (const imported of chunk.imports) follow(imported)
    }
    follow('desktop.mjs')
    expect([...read].sort()).toEqual(beforeTheTray)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function nameOf(path: string): string {
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)
  return inPackage ? `package ${inPackage[1]}` : relative(root, path)
}
