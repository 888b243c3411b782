import { readdirSync } from 'node:fs'
import {
  type PackageKind,
  packageKinds,
  type ReleaseTarget,
  updateSuffix,
} from '../../shared/release-manifest.ts'

export interface ReleasePackage extends Omit<ReleaseTarget, 'channel'> {
  /** In the folder. */
  readonly name: string
}

/**
 * The packages of a folder that a running copy can be replaced by, by their names:
 * `moltbot-desktop-<version>-linux-x64.AppImage`. Throws an Error that says which name does not fit, or which
 * two packages are for the same machines.
 */
export function releasePackages(folder: string, version: string): ReleasePackage[] {
  const found: ReleasePackage[] = []
  for (const name of readdirSync(folder).sort()) {
    const kind = packageKinds.find((one) => name.endsWith(updateSuffix[one]))
    if (!kind) continue
    const arch = archIn(name)
    if (!isOf(version, name)) throw new Error(`${name} is not of version ${version}.`)
    if (!arch) throw new Error(`${name} does not say whether it is for x64 or arm64.`)
    const platform = platformOf(kind)
    const twin = found.find((one) => one.package === kind && one.arch === arch)
    if (twin) throw new Error(`${twin.name} and ${name} are for the same machines.`)
    found.push({ name, package: kind, arch, platform })
  }
  return found
}

/** What follows must be a machine: `1.2.0-beta.1` is not `1.2.0`. */
function isOf(version: string, name: string): boolean {
  const [, machine = ''] = name.split(`-${version}-`)
  return /^(?:linux|macos|x64|amd64|x86_64|arm64|aarch64)[-_.]/.test(machine)
}

function platformOf(kind: PackageKind): ReleaseTarget['platform'] {
  return kind === 'dmg' ? 'darwin' : 'linux'
}

/** Also as AppImage and Debian name them. */
function archIn(name: string): ReleaseTarget['arch'] | null {
  if (/[-_.](?:arm64|aarch64)[-_.]/.test(name)) return 'arm64'
  return /[-_.](?:x64|amd64|x86_64)[-_.]/.test(name) ? 'x64' : null
}
