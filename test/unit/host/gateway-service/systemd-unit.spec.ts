import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeServiceFile, markedPlist, markedUnit } from '../../../../host/gateway-service/service-file.ts'
import { splitWords } from '../../../../host/gateway-service/systemd-quoting.ts'
import { readSystemdUnit, systemdUnit } from '../../../../host/gateway-service/systemd-unit.ts'
import { describeWith } from '../../../setup/requirements.ts'

const text = fc.string({ unit: 'grapheme-ascii', maxLength: 20 })

describe('a unit', () => {
  it('reads back as it was meant, whatever characters it has', () => {
    fc.assert(
      fc.property(text, text, text, (folder, argument, value) => {
        const file = `/${folder.replaceAll('=', '')}/node`
        const unit = systemdUnit({ file, args: [argument, 'gateway'], environment: { NAME: value } })
        const read = readSystemdUnit(unit ?? '')
        expect(read.environment).toEqual({ NAME: value })
        expect(read.command).toEqual([file, argument, 'gateway'])
      }),
    )
  })

  it('is taken apart as systemd does where another wrote it', () => {
    const unit = [
      '[Service]',
      'Environment=HOME=/home/ann "CLAWDBOT_STATE_DIR=/home/ann/my state"',
      ' Environment = \'A=b c\' PLAIN=1 JOINED="x y"z',
      'ExecStart=/usr/bin/node \\',
      '  /opt/moltbot/dist/index.js gateway --port 18789',
    ].join('\n')
    expect(readSystemdUnit(unit)).toEqual({
      environment: {
        HOME: '/home/ann',
        CLAWDBOT_STATE_DIR: '/home/ann/my state',
        A: 'b c',
        PLAIN: '1',
        JOINED: 'x yz',
      },
      command: ['/usr/bin/node', '/opt/moltbot/dist/index.js', 'gateway', '--port', '18789'],
      runs: '/usr/bin/node /opt/moltbot/dist/index.js gateway --port 18789',
    })
    expect(splitWords('a\\ b "c\\"d" \'e\\tf\' %%h')).toEqual(['a b', 'c"d', 'e\tf', '%h'])
  })

  it('never retries a bad configuration, and leaves /tmp shared, where the log is', () => {
    const unit = systemdUnit({ file: '/n', args: [], environment: {} }) ?? ''
    expect(unit).toContain('\nRestartPreventExitStatus=78\n')
    expect(unit).not.toContain('PrivateTmp')
  })
})

describe('the mark of a service file', () => {
  const unit = markedUnit(systemdUnit({ file: '/n', args: ['gateway'], environment: {} }) ?? '')
  const plist = markedPlist('<?xml?>\n', '<plist/>\n')

  it.each([
    ['a unit', unit],
    ['a property list', plist],
  ])('tells %s of ours from an edited and from a foreign one', (_kind, ours) => {
    expect(judgeServiceFile(ours)).toBe('ours')
    expect(judgeServiceFile(`${ours}\n`)).toBe('edited')
    expect(judgeServiceFile(ours.replace(/(.*)s/s, '$1S'))).toBe('edited')
    expect(judgeServiceFile(ours.replace(/.*Written by.*\n/, ''))).toBe('foreign')
    expect(judgeServiceFile('')).toBe('foreign')
  })
})

describeWith(['systemd'], 'a unit as systemd judges it', () => {
  let base = ''
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'moltbot-verify-'))
  })
  afterAll(() => rmSync(base, { recursive: true, force: true }))

  it.each(['plain', 'sp ace', '%h%%n', '$HOME', '$' + '{PATH}', `q"u'o`, 'back\\slash\\n', '; # *', '网关'])(
    'has nothing against a path with %s',
    (name) => {
      const folder = join(base, name)
      mkdirSync(folder)
      symlinkSync(process.execPath, join(folder, 'node'))
      writeFileSync(join(folder, 'moltbot.mjs'), '')
      chmodSync(join(folder, 'moltbot.mjs'), 0o755)
      const unit = systemdUnit({
        file: join(folder, 'node'),
        args: [join(folder, 'moltbot.mjs'), 'gateway', '--port', '19001'],
        environment: { MOLTBOT_STATE_DIR: folder },
      })
      const path = join(base, 'moltbot-gateway.service')
      writeFileSync(path, markedUnit(unit ?? ''))
      const verified = spawnSync('systemd-analyze', ['--user', 'verify', path], {
        env: { PATH: process.env.PATH, HOME: base, XDG_RUNTIME_DIR: base },
        encoding: 'utf8',
      })
      expect([verified.status, verified.stderr, verified.stdout]).toEqual([0, '', ''])
    },
  )
})
