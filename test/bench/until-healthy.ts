import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** Resolves at the first 200 on /health. @throws Error after `limitMs` */
export async function untilHealthy(port: number, limitMs = 20_000): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!(await isHealthy(port))) {
    if (performance.now() > deadline) throw new Error(`nothing was healthy on port ${port} in ${limitMs} ms`)
    await delay(1)
  }
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200))
    })
    request.on('error', () => resolve(false))
  })
}
