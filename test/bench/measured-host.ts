import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { runHeadlessHost } from '../../host/headless.ts'

/** How long the watching timer sleeps; what it is late by is the delay. */
const resolution = 10

/**
 * The real headless host, which tells its parent how late its event loop was: `begin` starts a measurement,
 * `end` is answered with the ms at the 99th percentile and at most.
 */
const delays = monitorEventLoopDelay({ resolution })
process.on('message', (word) => {
  if (word === 'begin') {
    delays.reset()
    delays.enable()
  }
  if (word === 'end') {
    delays.disable()
    const late = (ns: number) => Math.max(0, ns / 1e6 - resolution)
    process.send?.({ p99: late(delays.percentile(99)), most: late(delays.max) })
  }
})
// The parent's end closes the channel; that alone should not keep the host from leaving.
process.channel?.unref()

const { values, positionals } = parseArgs({
  options: { 'gateway-port': { type: 'string' } },
  allowPositionals: true,
})
const [file = process.execPath, ...args] = positionals
process.exit(
  await runHeadlessHost({
    port: 0,
    open: false,
    gatewayPort: values['gateway-port'],
    gatewayCommand: { file, args },
  }),
)
