import type { PackageKind } from '../../shared/release-manifest.ts'

/** What a package is built for. Each pair has a plain Node and native parts of its own. */
export interface Target {
  readonly platform: 'linux' | 'darwin'
  readonly arch: 'x64' | 'arm64'
}

/** Built one at a time: what one leaves in the unpacked folder must not reach the next. */
export const kindsOf: Record<Target['platform'], readonly PackageKind[]> = {
  linux: ['appimage', 'deb'],
  darwin: ['dmg'],
}

/** The one that this runs on, or null. */
export function ownTarget(): Target | null {
  const { platform, arch } = process
  if (platform !== 'linux' && platform !== 'darwin') return null
  return arch === 'x64' || arch === 'arm64' ? { platform, arch } : null
}

export function isSameTarget(one: Target, other: Target | null): boolean {
  return one.platform === other?.platform && one.arch === other.arch
}

export function titleOf({ platform, arch }: Target): string {
  return `${platform === 'linux' ? 'Linux' : 'macOS'} ${arch}`
}
