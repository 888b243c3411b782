import { describe, expect, it } from 'vitest'
import { readStartOptions } from '../../../../electron/start/start-options.ts'

describe('the options of a start', () => {
  it.each<[string[], object]>([
    [[], { port: 18_788, gatewayPort: undefined, open: true }],
    [['--no-open'], { port: 18_788, gatewayPort: undefined, open: false }],
    [['--port', '0', '--gateway-port', '19001'], { port: 0, gatewayPort: '19001', open: true }],
    [['--port=5', '--gateway-port=19001'], { port: 5, gatewayPort: '19001', open: true }],
    [
      ['--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '/app', '--gateway-port', '7', '-x'],
      { port: 18_788, gatewayPort: '7', open: true },
    ],
  ])('%j', (args, value) => {
    expect(readStartOptions(args)).toEqual({ ok: true, value })
  })

  it.each([
    [['--port', '70000'], '--port'],
    [['--port', 'x'], '--port'],
    [['--port'], '--port'],
    [['--gateway-port', '0'], '--gateway-port'],
    [['--gateway-port', '1e3'], '--gateway-port'],
    [['--gateway-port=-1'], '--gateway-port'],
    [['--gateway-port', '--no-open'], '--gateway-port'],
  ])('%j names what is wrong', (args, option) => {
    expect(readStartOptions(args)).toEqual({
      ok: false,
      detail: `${option} must be a whole number from 1 to 65535`,
    })
  })
})
