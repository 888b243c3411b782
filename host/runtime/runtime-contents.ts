import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  contentsName,
  type RuntimeContents,
  type RuntimeFile,
  runtimeContentsSchema,
} from '../../shared/runtime-contents.ts'

/** Those of `folder`. Throws where they cannot be read, or name a path outside. */
export async function readContents(folder: string): Promise<{ contents: RuntimeContents; text: string }> {
  const text = await readFile(join(folder, contentsName), 'utf8')
  return { contents: runtimeContentsSchema.parse(JSON.parse(text)), text }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** The first of `files` that is not in `folder` as listed: by kind, size and mode, which takes milliseconds. */
export async function firstUnlike(folder: string, files: readonly RuntimeFile[]): Promise<string | null> {
  for (let at = 0; at < files.length; at += 64) {
    const some = await Promise.all(
      files.slice(at, at + 64).map(async ({ path, bytes, isExecutable }) => {
        const found = await lstat(join(folder, path)).catch(() => null)
        const isLike =
          found?.isFile() && found.size === bytes && ((found.mode & 0o100) !== 0) === isExecutable
        return isLike ? null : path
      }),
    )
    const unlike = some.find((path) => path !== null)
    if (unlike) return unlike
  }
  return null
}
