/** As the registry of npm takes a new package's name; also no option, no path and no address. */
const pattern = /^(?:@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/
const maxLength = 214

export function isPackageName(name: string): boolean {
  return name.length <= maxLength && pattern.test(name) && name !== 'node_modules'
}

/** How an installed gateway is named, and asked for from npm. */
export function gatewayId(name: string, version: string): string {
  return `${name}@${version}`
}

/** The name of its folder: one path segment, and another one for each id. */
export function folderName(id: string): string {
  return id.replace('/', '+')
}
