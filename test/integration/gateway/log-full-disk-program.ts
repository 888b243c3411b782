import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { commandLine } from './gateway-process.ts'
import { openSocket } from './gateway-socket.ts'

/**
 * `log-full-disk-program.ts <base> <port>`, in mounts of its own: a gateway whose log lies on a disk of 64 KiB
 * that is filled, and then has room again. Prints what was seen as JSON.
 */
const [base = '', port = ''] = process.argv.slice(2)
const folder = join(base, 'log')
mkdirSync(folder, { mode: 0o700 })
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'none', folder])
const gateway = spawn(process.execPath, [commandLine, 'gateway', '--port', port], {
  stdio: ['ignore', 'pipe', 'pipe'],
})
let output = ''
for (const stream of [gateway.stdout, gateway.stderr]) {
  stream.on('data', (chunk) => {
    output += chunk
  })
}
const exit = new Promise((resolve) => gateway.once('close', resolve))
while (!output.includes('The gateway is ready')) {
  if (gateway.exitCode !== null) throw new Error(output)
  await delay(10)
}

fill(join(folder, 'filler'))
await comeAndGo(60)
const whileFull = await ask('/health')
const metricsWhileFull = await ask('/metrics')
const saidWhileFull = output.split('\n').filter((line) => line.includes('cannot be written: ENOSPC'))
rmSync(join(folder, 'filler'))
await delay(1_100)
await comeAndGo(1)
await delay(50)
gateway.kill('SIGTERM')
const code = await exit
const logs = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
writeFileSync(
  process.stdout.fd,
  JSON.stringify({ whileFull, metricsWhileFull, saidWhileFull, code, logs: Object.fromEntries(logs) }),
)

/** To the last byte. */
function fill(path: string): void {
  const fd = openSync(path, 'w')
  try {
    for (const size of [4096, 1]) {
      try {
        while (writeSync(fd, Buffer.alloc(size)) > 0);
      } catch {
        // full to this size
      }
    }
  } finally {
    closeSync(fd)
  }
}

/** Each leaves lines in the log. */
async function comeAndGo(times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const client = await openSocket(Number(port))
    await client.request('health').catch(() => {})
    await client.closed
  }
}

async function ask(path: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  return `${answer.status} ${await answer.text()}`
}
