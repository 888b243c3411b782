import { join } from 'node:path'
import { build } from 'vite'

/** Bundles the user interface into `outDir`. */
export async function bundleRenderer(root: string, outDir: string): Promise<void> {
  await build({
    configFile: join(root, 'build/renderer.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
}
