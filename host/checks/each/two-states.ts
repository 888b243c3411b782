import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { lstatOrNull } from '../file-mode.ts'
import { type Check, type Found, found } from '../finding.ts'

const names = ['.clawdbot', '.moltbot']

/** Two of a kind, of which only one is in force: what was changed in the other has no effect. */
export const twoStatesCheck: Check = {
  name: 'twoStates',
  async look({ home, statePaths }) {
    const { stateDir, configPath } = statePaths
    const findings: Found[] = []
    for (const name of names) {
      const other = join(home, name)
      // A link from one to the other is how both names are kept for one folder; a path through a link is one, too.
      const stats = other === stateDir ? null : await lstatOrNull(other)
      const live = await lstatOrNull(stateDir)
      if (!stats?.isDirectory() || !live?.isDirectory() || isSame(stats, live)) continue
      if (!(await holdsConfig(other))) continue
      findings.push(found('twoStateFolders', 'warn', { live: stateDir, other }, { evidence: [configPath] }))
    }
    for (const name of ['moltbot.json', 'clawdbot.json']) {
      const other = join(stateDir, name)
      if (other === configPath || !(await lstatOrNull(other))?.isFile()) continue
      if (await lstatOrNull(configPath))
        findings.push(found('twoConfigs', 'warn', { live: configPath, other }))
    }
    return findings
  },
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino
}

async function holdsConfig(folder: string): Promise<boolean> {
  for (const name of ['moltbot.json', 'clawdbot.json']) {
    if (await lstatOrNull(join(folder, name))) return true
  }
  return false
}
