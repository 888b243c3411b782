import { BlockList, isIP } from 'node:net'

const local = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  local.addSubnet(net, prefix, 'ipv4')
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  local.addSubnet(net, prefix, 'ipv6')
}

/** The longer form first: it may end in one of the shorter. */
const likely = [
  /(?<![\w.:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}(?![\w:])/gi,
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)/g,
]

/** Takes out addresses that can be reached from anywhere; those of this machine and its network stay. */
export function withoutPublicAddresses(text: string): string {
  let result = text
  for (const form of likely) {
    result = result.replace(form, (found) => (isPublic(found) ? '<public address>' : found))
  }
  return result
}

function isPublic(address: string): boolean {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1]
  if (mapped !== undefined) return isPublic(mapped)
  switch (isIP(address)) {
    case 4:
      return !local.check(address, 'ipv4')
    case 6:
      return !local.check(address, 'ipv6')
    default:
      return false
  }
}
