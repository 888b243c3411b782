import { realpath } from 'node:fs/promises'
import { sep } from 'node:path'

/** Whether `path` is `folder` or in it, as they really are; what is not there is nowhere. */
export async function isBelow(path: string, folder: string): Promise<boolean> {
  const [real, above] = await Promise.all([path, folder].map((one) => realpath(one).catch(() => null)))
  if (!real || !above) return false
  return real === above || real.startsWith(above.endsWith(sep) ? above : `${above}${sep}`)
}
