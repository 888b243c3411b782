import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openGatewayLog } from '../../../gateway/log/open-gateway-log.ts'

/**
 * `log-writer.ts <folder or file> <lines a second> <milliseconds>`: the gateway's own log, written to as fast
 * as that, line n with the text `n<n>.`; then says how many lines that were and how late its event loop was.
 */
const [place = '', perSecond = '1000', lastsMs = '1000'] = process.argv.slice(2)
const quiet = { isTTY: false, writableLength: 0, write: () => true }
const log = openGatewayLog({
  logging: place.endsWith('.log') ? { file: place } : undefined,
  isVerbose: false,
  env: { MOLTBOT_LOG_DIR: place },
  home: '/nowhere',
  stateDir: `${place}-fallback`,
  secrets: ['c4nary-Zm9vYmFyYmF6cXV4LXh5enp5'],
  stdout: quiet,
  stderr: quiet,
})
const resolution = 1
const lag = monitorEventLoopDelay({ resolution })
const startedAt = performance.now()
let count = 0
lag.enable()
process.stdout.write('writing\n')
const timer = setInterval(() => {
  const passedMs = Math.min(performance.now() - startedAt, Number(lastsMs))
  while (count < (passedMs * Number(perSecond)) / 1000) {
    log.logger.info(`n${count}. A line of a usual length, as a connection that has ended writes one`, {
      connId: '3f0d2a51-6a2c-4a83-9c5e-0f2f7f3f0d2a',
      code: 1006,
    })
    count += 1
  }
  if (passedMs < Number(lastsMs)) return
  clearInterval(timer)
  log.close()
  const p99 = lag.percentile(99) / 1e6 - resolution
  process.stdout.write(`${JSON.stringify({ count, lost: log.state().linesLost, p99, max: lag.max / 1e6 })}\n`)
}, 2)
