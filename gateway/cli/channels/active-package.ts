import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HostPaths } from '../../../host/host-paths.ts'
import { builtInId, gatewayRecordSchema } from '../../../host/updates/gateway-record.ts'
import { findProgram } from '../../../host/updates/installed-program.ts'
import { folderName, gatewayId } from '../../../host/updates/package-name.ts'

/** The script of the released gateway that is in use; null where that is the built-in one. */
export async function activePackage({
  gatewaysPath,
  gatewaysDir,
}: Pick<HostPaths, 'gatewaysPath' | 'gatewaysDir'>): Promise<string | null> {
  const record = await readRecord(gatewaysPath)
  if (!record || record.active === builtInId) return null
  const program = record.installed.find((one) => gatewayId(one.package, one.version) === record.active)
  if (!program) return null
  const folder = join(gatewaysDir, folderName(record.active))
  const found = await findProgram(folder, program.package, program.version)
  return found.ok ? join(folder, found.entry) : null
}

async function readRecord(path: string) {
  try {
    return gatewayRecordSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch {
    return null // none was ever installed, or the host will say what is wrong with its file
  }
}
