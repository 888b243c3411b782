import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { limitMs, programsOf, type Trial } from './trial.ts'

/** Starts `moltbot host`; `ready` is the address of its page. */
export async function startHost(trial: Trial): Promise<{ child: ChildProcess; ready: Promise<URL> }> {
  const program = [join(trial.resources, 'moltbot'), 'host', '--no-open', '--port', '0']
  const [file, ...args] = trial.hidden([...program, '--gateway-port', String(trial.gatewayPort)])
  const child = spawn(file, args, { env: trial.env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data))
  const ready = (async () => {
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 50) {
      const found = said.match(/Moltbot host ready: (\S+)/)?.[1]
      if (found) return new URL(found)
      if (child.exitCode !== null) break
      await delay(50)
    }
    throw new Error(`The host did not come up. It said: ${said}`)
  })()
  ready.catch(() => {})
  return { child, ready }
}

/** Resolves once the gateway is well, under the Node of the package and nothing but that and the system. */
export async function healthy({ gatewayPort, resources, base }: Trial): Promise<string> {
  const started = performance.now()
  while (performance.now() - started < limitMs) {
    const answer = await fetch(`http://127.0.0.1:${gatewayPort}/health`).catch(() => null)
    if (answer?.status === 200) {
      const { status } = (await answer.json()) as { status: string }
      const programs = programsOf(base)
      if (existsSync('/proc') && !programs.includes(join(resources, 'node')))
        throw new Error('Whose Node runs it?')
      const strange = programs.filter((program) => !program.startsWith(`${resources}/`) && !isSystem(program))
      if (strange.length > 0) throw new Error(`It runs ${strange.join(', ')}.`)
      return `${status}, under the package's Node`
    }
    await delay(50)
  }
  throw new Error('/health did not answer 200 within a minute.')
}

export async function pageServed(origin: string): Promise<string> {
  const html = await (await fetch(origin)).text()
  const assets = [...html.matchAll(/(?:src|href)="((?:\.?\/)?assets\/[^"]+)"/g)].map(([, path = '']) => path)
  if (assets.length === 0) throw new Error('The page names no script.')
  for (const path of assets) {
    const { status } = await fetch(new URL(path, origin))
    if (status !== 200) throw new Error(`${path} answers ${status}.`)
  }
  return `with ${assets.length} of its files`
}

/** Asks it to leave; nothing of it may be left. */
export async function endHost(child: ChildProcess, base: string): Promise<string> {
  const exited = new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode)
    child.once('exit', resolve)
  })
  child.kill('SIGTERM')
  const code = await Promise.race([exited, delay(10_000, 'late' as const)])
  if (code === 'late') child.kill('SIGKILL')
  await delay(200)
  const left = programsOf(base)
  if (code !== 0) throw new Error(`It ended with ${code}.`)
  if (left.length > 0) throw new Error(`Left: ${left.join(', ')}`)
  return 'exit code 0'
}

function isSystem(program: string): boolean {
  return /^\/(usr\/)?s?bin\//.test(program)
}
