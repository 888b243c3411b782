import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { readServiceFiles } from '../../../../host/checks/service-file.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function homeWith(files: Record<string, string>): string {
  const home = mkdtempSync(join(tmpdir(), 'moltbot-services-'))
  made.push(home)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
  }
  return home
}

it('reads what a unit of systemd starts, however it is quoted, and what it sets', async () => {
  const home = homeWith({
    '.config/systemd/user/moltbot-gateway.service': `[Service]
ExecStart=-"/opt/my node/bin/node" /srv/entry.js gateway \\
  --port 18789
Environment="HOME=/home/ann" CLAWDBOT_GATEWAY_TOKEN=abc
`,
    '.config/systemd/user/clawdbot-gateway.service': '[Service]\nExecStart=/usr/bin/node /old.js\n',
  })
  const files = await readServiceFiles({ env: {}, home, platform: 'linux' })
  expect(files).toMatchObject([
    {
      isLegacy: false,
      command: [
        expect.stringContaining('/opt/my node/bin/node'),
        '/srv/entry.js',
        'gateway',
        '--port',
        '18789',
      ],
      environment: { HOME: '/home/ann', CLAWDBOT_GATEWAY_TOKEN: 'abc' },
    },
    { isLegacy: true, command: ['/usr/bin/node', '/old.js'] },
  ])
})

it('reads the same of a property list of launchd', async () => {
  const home = homeWith({
    'Library/LaunchAgents/bot.molt.gateway.plist': `<plist version="1.0"><dict>
<key>ProgramArguments</key><array><string>/opt/node</string><string>/a&amp;b.js</string></array>
<key>EnvironmentVariables</key><dict><key>OPENAI_API_KEY</key><string>abc</string></dict>
</dict></plist>`,
  })
  expect(await readServiceFiles({ env: {}, home, platform: 'darwin' })).toMatchObject([
    { isLegacy: false, command: ['/opt/node', '/a&b.js'], environment: { OPENAI_API_KEY: 'abc' } },
  ])
})

it('finds none where there is none', async () => {
  expect(await readServiceFiles({ env: {}, home: homeWith({}), platform: 'linux' })).toEqual([])
})
