import { readFile } from 'node:fs/promises'
import { type IndexContent, indexContentSchema, storedNamesOf } from './secrets-index.ts'

/** The names in the owner's store by its index alone, for who only looks; none where it cannot be read. */
export async function storedSecretNames(indexPath: string): Promise<readonly string[]> {
  const content = await readSecretsIndex(indexPath)
  return content ? storedNamesOf(content) : []
}

/** The index as it is; null where there is none that can be read, which is left where it is. */
export async function readSecretsIndex(indexPath: string): Promise<IndexContent | null> {
  try {
    return indexContentSchema.safeParse(JSON.parse(await readFile(indexPath, 'utf8'))).data ?? null
  } catch {
    return null
  }
}
