import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeHome, type TestHome, until } from '../../fixtures/host-under-test.ts'
import { processesWith } from '../../fixtures/kernel.ts'
import { describeWith } from '../../setup/requirements.ts'

const root = resolve(import.meta.dirname, '../../..')

let home: TestHome
const started: ChildProcess[] = []
beforeEach(async () => {
  home = await makeHome()
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const pid of processesWith(home.folder)) process.kill(pid, 'SIGKILL')
  await home.remove()
})

/** The command a person types, by the npm that runs these tests. */
function npmStart() {
  const options = ['--no-open', '--port', '0', '--gateway-port', String(home.gatewayPort)]
  const child = spawn('npm', ['start', '--', ...options], { cwd: root, env: home.env })
  started.push(child)
  const began = performance.now()
  const run = {
    child,
    said: '',
    readyAfterMs: 0,
    exited: new Promise<number | null>((done) => child.once('close', done)),
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      run.said += chunk
      if (run.readyAfterMs === 0 && run.said.includes('Moltbot host ready: '))
        run.readyAfterMs = performance.now() - began
    })
  }
  return run
}

const address = (said: string) => /Moltbot host ready: (\S+)#code=(\S+)/.exec(said)

describeWith(['procfs'], 'npm start', () => {
  it('again is ready within 3 s and installs nothing; beside a running one it leads there', async () => {
    const first = npmStart()
    await until(() => first.readyAfterMs > 0, 'the ready line')
    expect(first.readyAfterMs).toBeLessThan(3_000)
    expect(first.said).not.toContain('Install')
    await until(
      () =>
        fetch(`http://127.0.0.1:${home.gatewayPort}/health`).then(
          (it) => it.ok,
          () => false,
        ),
      'the gateway',
    )
    const second = npmStart()
    expect(await second.exited).toBe(0)
    const [, page, code] = address(first.said) ?? []
    const [, samePage, freshCode] = address(second.said) ?? []
    expect(samePage).toBe(page)
    expect(freshCode).not.toBe(code)
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends within 6 s of %s to npm itself, and nothing is left',
    async (signal) => {
      const run = npmStart()
      await until(() => run.readyAfterMs > 0, 'the ready line')
      await until(
        () =>
          fetch(`http://127.0.0.1:${home.gatewayPort}/health`).then(
            (it) => it.ok,
            () => false,
          ),
        'the gateway',
      )
      const began = performance.now()
      run.child.kill(signal)
      await run.exited
      expect(performance.now() - began).toBeLessThan(6_000)
      expect(processesWith(home.folder)).toEqual([])
    },
  )
})
