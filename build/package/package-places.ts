import { join } from 'node:path'
import { executableName } from './configuration.ts'
import type { Target } from './target.ts'

export interface PackagePlaces {
  readonly resources: string
  /** What has the fuses: the program on Linux, the bundle on macOS. */
  readonly fused: string
}

/** Where things lie in an unpacked package: the folder on Linux, the `.app` on macOS. */
export function packagePlaces(app: string, { platform }: Target): PackagePlaces {
  return platform === 'darwin'
    ? { resources: join(app, 'Contents', 'Resources'), fused: app }
    : { resources: join(app, 'resources'), fused: join(app, executableName) }
}
