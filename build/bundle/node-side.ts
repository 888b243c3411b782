import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

/** Bundles host, gateway and command line, with all they import, into `outDir`. */
export async function bundleNodeSide(root: string, outDir: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'gateway/cli/main.ts'),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      // Names stay for stack traces; the size on disk matters to nobody here.
      minify: false,
      rolldownOptions: {
        output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  copyFileSync(join(root, 'build/launch/moltbot.mjs'), join(outDir, 'moltbot.mjs'))
}
