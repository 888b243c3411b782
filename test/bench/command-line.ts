import { once } from 'node:events'
import { type Row, toRow } from './row.ts'
import type { Workshop } from './workshop.ts'

/** `dist/moltbot --version` and `health` (answered through the running host), beside an empty Node. */
export async function measureCommandLine(workshop: Workshop, samples: number): Promise<Row[]> {
  const version: number[] = []
  const health: number[] = []
  const bare: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    version.push(await timeOf(workshop, workshop.launcher, ['--version']))
    health.push(await timeOf(workshop, workshop.launcher, ['health']))
    bare.push(await timeOf(workshop, process.execPath, ['-e', '0']))
  }
  return [
    toRow({ what: 'dist/moltbot --version', unit: 'ms', values: version, bare, limits: { median: 90 } }),
    toRow({ what: 'dist/moltbot health', unit: 'ms', values: health, bare, limits: { median: 200 } }),
  ]
}

async function timeOf(workshop: Workshop, command: string, args: readonly string[]): Promise<number> {
  const started = performance.now()
  const [code] = await once(workshop.start(command, args), 'exit')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`)
  return performance.now() - started
}
