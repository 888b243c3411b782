import { readFile } from 'node:fs/promises'
import { indexContentSchema, storedNamesOf } from './secrets-index.ts'

/** The names in the owner's store by its index alone, for who only looks; none where it cannot be read. */
export async function storedSecretNames(indexPath: string): Promise<readonly string[]> {
  try {
    const content = indexContentSchema.safeParse(JSON.parse(await readFile(indexPath, 'utf8')))
    return content.success ? storedNamesOf(content.data) : []
  } catch {
    return []
  }
}
