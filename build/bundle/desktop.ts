import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { nodeScript } from './node-script.ts'

/** Bundles the desktop application into `outDir`: its main script, its preload script, its icons. */
export async function bundleDesktop(root: string, outDir: string): Promise<void> {
  await build(mainScript(root, outDir))
  await build(preloadScript(root, outDir))
  // By name and never hashed: macOS knows its template images by `Template` at the end of their names.
  for (const kind of ['tray', 'app']) {
    cpSync(join(root, 'assets/icons', kind), join(outDir, 'icons', kind), {
      recursive: true,
      filter: (path) => !path.endsWith('/src'),
    })
  }
}

export function mainScript(root: string, outDir: string): InlineConfig {
  const output = { entryFileNames: 'desktop.mjs', chunkFileNames: 'desktop-[name]-[hash].mjs' }
  return nodeScript(root, outDir, 'electron/main.ts', output)
}

/** A sandboxed preload is one CommonJS script that may require nothing but Electron. */
function preloadScript(root: string, outDir: string): InlineConfig {
  const output = { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false } as const
  return nodeScript(root, outDir, 'electron/ipc/preload.ts', output)
}
