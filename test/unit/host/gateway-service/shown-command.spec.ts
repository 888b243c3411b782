import { expect, it } from 'vitest'
import { readLaunchdPlist } from '../../../../host/gateway-service/launchd-plist.ts'
import { shownCommand } from '../../../../host/gateway-service/shown-command.ts'
import { readSystemdUnit } from '../../../../host/gateway-service/systemd-unit.ts'

it('a command of somebody else is shown without the secrets in it', () => {
  expect(shownCommand(['node', '/x/clawdbot', 'gateway', '--token', 'canary', '--port', '1'])).toBe(
    'node /x/clawdbot gateway --token … --port 1',
  )
  expect(shownCommand(['env', 'CLAWDBOT_GATEWAY_PASSWORD=can ary', 'node', '--api-key=canary'])).toBe(
    'env CLAWDBOT_GATEWAY_PASSWORD=… node --api-key=…',
  )
  const shell = ['sh', '-c', 'OPENAI_API_KEY=canary exec clawdbot gateway --token canary --max-tokens 5']
  expect(shownCommand(shell)).toBe('sh -c OPENAI_API_KEY=…')
  expect(shownCommand(['sh', '-c', 'exec clawdbot --port 1 --token canary; A_TOKEN=canary x'])).toBe(
    'sh -c exec clawdbot --port 1 --token … A_TOKEN=… x',
  )
  expect(readSystemdUnit('ExecStart=/x --token canary').runs).toBe('/x --token …')
  const words = ['/x', '--token', 'canary'].map((word) => `<string>${word}</string>`).join('')
  expect(readLaunchdPlist(`<key>ProgramArguments</key><array>${words}</array>`).runs).toBe('/x --token …')
})
