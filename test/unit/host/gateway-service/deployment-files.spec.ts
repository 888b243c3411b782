import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launchdPlist, plistHead } from '../../../../host/gateway-service/launchd-plist.ts'
import { systemdUnit } from '../../../../host/gateway-service/systemd-unit.ts'

const assets = join(import.meta.dirname, '../../../../assets')
const read = (path: string) => readFileSync(join(assets, path), 'utf8')

describe('the deployment files for who installs by hand', () => {
  it('are the unit that we write, but for its command', () => {
    const withoutCommand = (text: string) => text.replace(/^#.*\n/gm, '').replace(/^ExecStart=.*$/m, '')
    const ours = systemdUnit({ file: '/x', args: [], environment: {} }) ?? ''
    expect(withoutCommand(read('systemd/moltbot-gateway.service'))).toBe(withoutCommand(ours))
  })

  it('are the property list that we write', () => {
    const program = { file: '/Users/you/moltbot-desktop/dist/moltbot', args: ['gateway'], environment: {} }
    const ours = plistHead + launchdPlist(program, '/Users/you/.clawdbot/logs')
    expect(read('launchd/bot.molt.gateway.plist').replace(/<!--.*?-->\n/s, '')).toBe(ours)
  })
})
