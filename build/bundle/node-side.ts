import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { nodeScript } from './node-script.ts'

/** Bundles host, gateway and command line, with all they import, into `outDir`. */
export async function bundleNodeSide(root: string, outDir: string): Promise<void> {
  const output = { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' }
  await build(nodeScript(root, outDir, 'gateway/cli/main.ts', output))
  copyFileSync(join(root, 'build/launch/moltbot.mjs'), join(outDir, 'moltbot.mjs'))
}
