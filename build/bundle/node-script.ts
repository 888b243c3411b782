import { join } from 'node:path'
import type { InlineConfig } from 'vite'

export type ScriptOutput = NonNullable<
  NonNullable<NonNullable<InlineConfig['build']>['rolldownOptions']>['output']
>

/** How a script that runs in Node, or in Electron's, is bundled with all it imports. */
export function nodeScript(root: string, outDir: string, entry: string, output: ScriptOutput): InlineConfig {
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
      // Names stay for stack traces; the size on disk matters to nobody here.
      minify: false,
      // Given by the runtime, and only electron/ imports it; or native, and loaded from where it is installed.
      rolldownOptions: { external: ['electron', '@napi-rs/keyring', '@lydell/node-pty'], output },
    },
  }
}
