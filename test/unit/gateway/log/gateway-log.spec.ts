import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogRecord } from '../../../../gateway/log/log-record.ts'
import { type GatewayLog, openGatewayLog } from '../../../../gateway/log/open-gateway-log.ts'
import type { LoggingConfig } from '../../../../host/config/config-schema.ts'

const secret = 'c4nary-Zm9vYmFyYmF6cXV4LXh5enp5'
let base = ''
let log: GatewayLog | null = null
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'moltbot-gateway-log-'))
})
afterEach(() => {
  log?.close()
  rmSync(base, { recursive: true })
})

function open(logging?: LoggingConfig, isVerbose = false) {
  const shown = { stdout: '', stderr: '' }
  const waiting = { bytes: 0 }
  const stream = (name: keyof typeof shown) => ({
    isTTY: false,
    get writableLength() {
      return waiting.bytes
    },
    write(text: string | Uint8Array) {
      shown[name] += String(text)
      return true
    },
  })
  log = openGatewayLog({
    logging,
    isVerbose,
    env: { MOLTBOT_LOG_DIR: join(base, 'log') },
    home: base,
    stateDir: join(base, 'state'),
    secrets: [secret],
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  })
  return { log, logger: log.logger, shown, waiting }
}
const text = () => {
  const [name = ''] = readdirSync(join(base, 'log'))
  return readFileSync(join(base, 'log', name), 'utf8')
}
const messages = () =>
  text()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line)[0])
const levels = ['fatal', 'error', 'warn', 'info', 'debug'] as const satisfies LogRecord['level'][]

describe('levels', () => {
  it.each([
    ['error', 'debug', ['fatal', 'error'], levels],
    ['debug', 'error', levels, ['fatal', 'error']],
    ['warn', 'silent', ['fatal', 'error', 'warn'], []],
  ] as const)('%s in the file and %s on the console are apart', (level, consoleLevel, inFile, onConsole) => {
    const { logger, shown } = open({ level, consoleLevel, consoleStyle: 'json' })
    for (const each of levels) logger[each](each)
    expect(messages()).toEqual(inFile)
    const lines = `${shown.stderr}${shown.stdout}`.split('\n').filter((line) => line !== '')
    expect(lines.map((line) => JSON.parse(line)[0])).toEqual(onConsole)
  })

  it('silent in the file makes none, and --verbose concerns the console only', () => {
    const { logger, shown } = open({ level: 'silent', consoleLevel: 'silent' }, true)
    logger.debug('seen')
    expect(shown.stdout).toContain('seen')
    expect(() => text()).toThrow('ENOENT')
  })
})

describe('a change of the configuration', () => {
  it('counts from the next line on: level, place, style and patterns', () => {
    const { log: opened, logger, shown } = open()
    logger.debug('unseen')
    logger.info('before ZZ12')
    opened.reconfigure({ level: 'debug', consoleStyle: 'json', redactPatterns: ['ZZ\\d+'] })
    logger.debug('after ZZ12')
    expect(messages()).toEqual(['before ZZ12', 'after ***'])
    expect(shown.stdout).toMatch(/ INFO \[gateway\] before ZZ12\n$/)
    opened.reconfigure({ file: join(base, 'own/own.log'), redactSensitive: 'off' }, ['another-secret-value'])
    logger.info(`elsewhere: API_KEY=shown another-secret-value ${secret}`)
    expect(readFileSync(join(base, 'own/own.log'), 'utf8')).toContain('elsewhere: API_KEY=shown *** ***')
    expect(opened.path()).toBe(join(base, 'own/own.log'))
  })
})

describe('a flood', () => {
  it('is all there in order after the turn, and an error is there at once with all before it', async () => {
    const { logger } = open({ consoleLevel: 'silent' })
    for (let count = 0; count < 5_000; count += 1) logger.info(`line ${count}`)
    expect(messages().length).toBeLessThan(5_000)
    logger.error('now')
    expect(messages()).toHaveLength(5_001)
    logger.info('last')
    await new Promise((resolve) => setImmediate(resolve))
    expect(messages()).toEqual([...Array.from({ length: 5_000 }, (_, at) => `line ${at}`), 'now', 'last'])
  })
})

describe('the end of the process', () => {
  it.each([
    ['by its own will', 'process.exit(0)'],
    ['by a fault', 'throw new Error("boom")'],
  ])('%s in the midst of a flood leaves every line on the disk', (_, end) => {
    const module = pathToFileURL(
      join(import.meta.dirname, '../../../../gateway/log/open-gateway-log.ts'),
    ).href
    const program = `
      const { openGatewayLog } = await import(${JSON.stringify(module)})
      const quiet = { isTTY: false, writableLength: 0, write: () => true }
      const { logger } = openGatewayLog({
        logging: undefined, isVerbose: false, env: { MOLTBOT_LOG_DIR: ${JSON.stringify(join(base, 'log'))} },
        home: '/nowhere', stateDir: '/nowhere', secrets: [], stdout: quiet, stderr: quiet,
      })
      process.on('uncaughtException', (error) => {
        logger.fatal(error.message)
        process.exit(1)
      })
      for (let count = 0; count < 3_000; count += 1) logger.info('line ' + count)
      ${end}`
    spawnSync(process.execPath, ['--input-type=module', '--eval', program])
    const lines = Array.from({ length: 3_000 }, (_, at) => `line ${at}`)
    expect(messages()).toEqual(end.startsWith('throw') ? [...lines, 'boom'] : lines)
  })
})

describe('a console that nobody reads', () => {
  it('gets no more lines than wait already, and is told how many it missed', () => {
    const { logger, shown, waiting } = open()
    waiting.bytes = 2_000_000
    for (let count = 0; count < 30; count += 1) logger.info('unread')
    waiting.bytes = 0
    logger.info('read')
    expect(shown.stdout).not.toContain('unread')
    expect(shown.stdout).toMatch(/left out here.* lines=30\n.*read\n$/)
    expect(messages()).toHaveLength(31)
  })
})

describe('a pattern of the owner that never ends', () => {
  it('is given up and told; the line is withheld, the other patterns go on, nothing stands still', () => {
    const { log: opened, logger, shown } = open({ redactPatterns: ['(a+)+$', 'order-\\d+'] })
    const startedAt = performance.now()
    logger.info(`${'a'.repeat(40)}! the trap`)
    logger.info(`${'a'.repeat(40)}! order-4711`)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(messages()).toEqual([
      '***',
      expect.stringContaining('redactPatterns[0]'),
      `${'a'.repeat(40)}! ***`,
    ])
    expect(shown.stderr).toContain('redactPatterns[0]')
    expect(opened.state().slowPatterns).toEqual([0])
  })

  it('is given up where it is only long, and long again and again', () => {
    const { log: opened, logger } = open({ redactPatterns: ['(?:x+)*$'], consoleLevel: 'silent' })
    // Long enough for 20 ms, and far from the limit of one line.
    let size = 4
    // In time of the processor: other programs want it too, and by the clock a shorter text would seem to do.
    const costs = () => {
      const before = process.cpuUsage()
      ;/(?:x+)*$/.test(`${'x'.repeat(size)}y`)
      return process.cpuUsage(before).user / 1000
    }
    while (Math.min(costs(), costs(), costs()) < 25) size += 1
    for (let count = 0; count < 15; count += 1) logger.info(`${'x'.repeat(size)}y ${count}`)
    expect(opened.state().slowPatterns).toEqual([0])
    expect(messages().filter((message) => message.includes('redactPatterns[0]'))).toHaveLength(1)
  })

  it('does not take a good one with it that has much to do', async () => {
    const { log: opened, logger } = open({ redactPatterns: ['/order-(\\d+)/i'], consoleLevel: 'silent' })
    for (let count = 0; count < 300; count += 1) logger.info(`${'x'.repeat(16_000)} order-${count}`)
    await new Promise((resolve) => setImmediate(resolve))
    expect(messages()).toHaveLength(300)
    expect(text()).not.toMatch(/order-\d/)
    expect(opened.state().slowPatterns).toEqual([])
  })
})
