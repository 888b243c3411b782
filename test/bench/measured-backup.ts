import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createArchive } from '../../host/backup/archive/archive-work.ts'

/** Makes a backup for each order that it is sent, and says how long it took and how the main thread fared. */
interface Order {
  readonly stateDir: string
  readonly folder: string
  readonly name: string
  readonly workDir: string
  readonly recipient: string
}

process.on('message', async ({ stateDir, folder, name, workDir, recipient }: Order) => {
  const delays = monitorEventLoopDelay({ resolution: 5 })
  const since = performance.now()
  delays.enable()
  const made = await createArchive(
    {
      stateDir,
      configPath: `${stateDir}/moltbot.json`,
      workDir,
      folder,
      name,
      lock: { recipients: [recipient] },
      secrets: {},
      madeBy: 'bench',
      machine: 'bench',
      createdAt: Date.now(),
    },
    { signal: new AbortController().signal, progress() {}, pause: async () => false, resume() {} },
  )
  delays.disable()
  const ms = performance.now() - since
  process.send?.({ ms, delayP99: delays.percentile(99) / 1e6, problem: made.ok ? null : made.code })
})
process.send?.('ready')
