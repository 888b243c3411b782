import { describe, expect, it } from 'vitest'
import { isDisabled, readJob } from '../../../../host/gateway-service/launchd-manager.ts'
import { launchdPlist, plistHead, readLaunchdPlist } from '../../../../host/gateway-service/launchd-plist.ts'

const odd = `/Users/ann/a & b <c> "d" 'e'`

describe('the property list', () => {
  const program = { file: `${odd}/node`, args: [`${odd}/moltbot.mjs`, 'gateway'], environment: { NAME: odd } }
  const text = plistHead + launchdPlist(program, '/Users/ann/.clawdbot/logs')

  it('reads back as it was meant', () => {
    expect(readLaunchdPlist(text)).toMatchObject({
      command: [`${odd}/node`, `${odd}/moltbot.mjs`, 'gateway'],
      environment: { NAME: odd, MOLTBOT_SERVICE: 'launchd' },
    })
  })

  it('restarts only what failed, and not more often than each 30 s', () => {
    const plain = text.replace(/\s+/g, '')
    expect(plain).toContain('<key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>')
    expect(plain).toContain('<key>ThrottleInterval</key><integer>30</integer>')
    expect(plain).toContain('<key>RunAtLoad</key><true/>')
  })
})

/** As `launchctl print gui/501/bot.molt.gateway` writes it, shortened. */
function printed(lines: readonly string[]): string {
  return [
    'gui/501/bot.molt.gateway = {',
    '\tactive count = 1',
    '\tpath = /Users/ann/Library/LaunchAgents/bot.molt.gateway.plist',
    '\ttype = LaunchAgent',
    ...lines.map((line) => `\t${line}`),
    '\tdefault environment = {',
    '\t\tPATH => /usr/bin:/bin',
    '\t\tpid = 1',
    '\t}',
    '}',
  ].join('\n')
}

describe('a job as launchctl prints it', () => {
  it.each([
    [['state = running', 'pid = 812', 'last exit code = (never exited)'], 'active', 812, null],
    [['state = not running', 'last exit code = 0'], 'inactive', null, 'exit code 0'],
    [['state = not running', 'last exit code = 78: EX_CONFIG'], 'failed', null, 'exit code 78'],
    [['state = spawn scheduled', 'last exit code = 1'], 'activating', null, 'exit code 1'],
    [['state = not running', 'last exit code = (never exited)'], 'inactive', null, null],
  ] as const)('with %j is %s', (lines, active, pid, ended) => {
    expect(readJob(printed(lines))).toEqual({
      path: '/Users/ann/Library/LaunchAgents/bot.molt.gateway.plist',
      status: { active, pid, ended },
    })
  })

  it.each([
    ['"bot.molt.gateway" => disabled', true],
    ['"bot.molt.gateway" => true', true],
    ['"bot.molt.gateway" => enabled', false],
    ['"bot.molt.gateway" => false', false],
    ['"bot.molt.gateway.other" => disabled', false],
    ['', false],
  ])('%j among the disabled ones says %s', (line, isIt) => {
    expect(isDisabled(`disabled services = {\n\t\t${line}\n\t}`)).toBe(isIt)
  })
})
