import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'

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
  return script(root, outDir, 'electron/main.ts', output)
}

/** A sandboxed preload is one CommonJS script that may require nothing but Electron. */
function preloadScript(root: string, outDir: string): InlineConfig {
  const output = { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false } as const
  return script(root, outDir, 'electron/ipc/preload.ts', output)
}

type Output = NonNullable<NonNullable<InlineConfig['build']>['rolldownOptions']>['output']

function script(root: string, outDir: string, entry: string, output: NonNullable<Output>): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: { external: ['electron'], output },
    },
  }
}
