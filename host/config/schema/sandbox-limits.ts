import { posix } from 'node:path'

const sockets = ['/var/run/docker.sock', '/run/docker.sock']

/** Whether a bind, `source:target[:options]`, brings Docker's socket into a container, by itself or in a folder. */
export function exposesDocker(bind: string): boolean {
  const [written = '', target = ''] = bind.split(':')
  if ([written, target].some((path) => posix.basename(path.trim()) === 'docker.sock')) return true
  if (!written.trim().startsWith('/')) return false
  const source = posix.normalize(`/${written.trim()}/`)
  return sockets.some((socket) => `${socket}/`.startsWith(source))
}

/** The machine's own network, or that of another container. */
export function isHostNetwork(network: string): boolean {
  const name = network.trim().toLowerCase()
  return name === 'host' || name.startsWith('container:')
}
