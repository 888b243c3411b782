import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { nodeScript } from './node-script.ts'

/** Scripts that the host starts by path, in a thread or a process of their own; each is one file. */
export const ownScripts = {
  'archive-worker.mjs': 'host/backup/archive/archive-worker.ts',
  'keychain-process.mjs': 'host/secrets/keychain-process.ts',
  'terminal-process.mjs': 'host/pty/terminal-process.ts',
}

/** Bundles host, gateway and command line, with all they import, into `outDir`. */
export async function bundleNodeSide(root: string, outDir: string): Promise<void> {
  const output = { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' }
  await build(nodeScript(root, outDir, 'gateway/cli/main.ts', output))
  for (const [entryFileNames, entry] of Object.entries(ownScripts)) {
    await build(nodeScript(root, outDir, entry, { entryFileNames, codeSplitting: false }))
  }
  copyFileSync(join(root, 'build/launch/moltbot.mjs'), join(outDir, 'moltbot.mjs'))
}
