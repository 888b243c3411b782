import {
  FuseState,
  type FuseV1Config,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses'
import { PackagingError } from './packaging-error.ts'

/** What Electron's program may do, set in its own bytes; each that there is. */
const fuses: Record<FuseV1Options, boolean> = {
  // The gateway runs under a plain Node; nothing may run a script under this application's name.
  [FuseV1Options.RunAsNode]: false,
  // Might prompt for the keychain, and there are no cookies.
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Of no effect on Linux.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // Needs a file that there is none of.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
}

/** Sets each fuse of a program, or of a macOS `.app`, and reads them back. A fuse not named here is refused. */
export async function setFuses(program: string): Promise<void> {
  const config: FuseV1Config = { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...fuses }
  await flipFuses(program, config)
  const wrong = await wrongFuses(program)
  if (wrong.length > 0) throw new PackagingError(`Fuses of ${program} did not take: ${wrong.join(', ')}.`)
}

/** The names of the fuses that are not as they should be; one that this does not know is among them. */
export async function wrongFuses(program: string): Promise<string[]> {
  const found = (await getCurrentFuseWire(program)) as unknown as Record<string, unknown>
  const names = new Set([...Object.keys(found), ...Object.keys(fuses)].filter((name) => /^\d+$/.test(name)))
  return [...names].flatMap((name) => {
    const index = Number(name) as FuseV1Options
    const wanted = fuses[index]
    const isRight = wanted !== undefined && found[name] === (wanted ? FuseState.ENABLE : FuseState.DISABLE)
    return isRight ? [] : [FuseV1Options[index] ?? `fuse ${name}`]
  })
}
