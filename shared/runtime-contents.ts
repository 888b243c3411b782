import { z } from 'zod'

/** Beside the files that it lists, in a package's resources and in each copy of them. */
export const contentsName = 'runtime.json'

const runtimeFileSchema = z.strictObject({
  /** Relative, with `/`, and nowhere else than below. */
  path: z.string().refine((path) => path.split('/').every((part) => !['', '.', '..'].includes(part))),
  bytes: z.number().int().nonnegative(),
  /** In hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  isExecutable: z.boolean(),
})

/** What a package has for a plain Node: that Node, and all that runs under it. */
export const runtimeContentsSchema = z.strictObject({
  version: z.string().min(1),
  files: z.array(runtimeFileSchema).min(1),
})

export type RuntimeFile = z.infer<typeof runtimeFileSchema>
export type RuntimeContents = z.infer<typeof runtimeContentsSchema>
