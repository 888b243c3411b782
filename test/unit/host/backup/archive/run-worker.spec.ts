import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { runWorker } from '../../../../../host/backup/archive/run-worker.ts'
import { silentHooks, temporaryFolder } from '../state-folder.ts'

function script(text: string): URL {
  const path = join(temporaryFolder(), 'worker.mjs')
  writeFileSync(path, `import { parentPort, workerData } from 'node:worker_threads'\n${text}`)
  return pathToFileURL(path)
}

it('says how a thread has ended that says nothing itself', async () => {
  const ends: [string, RegExp][] = [
    ['process.exit(3)', /code 3/],
    ['throw new Error("torn")', /torn/],
    ['const all = []; for (;;) all.push(new Array(10000).fill({ all }).map((x) => ({ ...x })))', /memory/],
    ['not even a script', /Unexpected|identifier/],
  ]
  for (const [text, detail] of ends) {
    const end = await runWorker(script(text), {}, silentHooks(), 32)
    expect(end).toMatchObject({ kind: 'died' })
    expect(end.kind === 'died' && end.detail).toMatch(detail)
  }
}, 20_000)

it('asks for a pause and answers it, and resumes also where the thread dies meanwhile', async () => {
  const told: string[] = []
  const hooks = {
    ...silentHooks(),
    pause: async () => {
      told.push('pause')
      return true
    },
    resume: () => void told.push('resume'),
  }
  const ask = `parentPort.once('message', ({ isPaused }) => {
    parentPort.postMessage({ type: 'resume' })
    parentPort.postMessage({ type: 'end', outcome: isPaused })
  })
  parentPort.postMessage({ type: 'pause' })`
  expect(await runWorker(script(ask), {}, hooks)).toEqual({ kind: 'ended', outcome: true })
  expect(told).toEqual(['pause', 'resume'])
  const die = `parentPort.once('message', () => process.exit(1))\nparentPort.postMessage({ type: 'pause' })`
  expect(await runWorker(script(die), {}, hooks)).toMatchObject({ kind: 'died' })
  expect(told).toEqual(['pause', 'resume', 'pause', 'resume'])
})

it('ends a thread that never would, as soon as it is asked to', async () => {
  const abort = new AbortController()
  const hooks = { ...silentHooks(), signal: abort.signal, progress: () => abort.abort() }
  const busy = `parentPort.postMessage({ type: 'progress', at: {} })\nfor (;;);`
  expect(await runWorker(script(busy), {}, hooks)).toEqual({ kind: 'cancelled' })
  expect(await runWorker(script(busy), {}, hooks)).toEqual({ kind: 'cancelled' })
})
