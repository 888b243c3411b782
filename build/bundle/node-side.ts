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

/**
 * What a gateway loads before it answers and other commands load too, in few files: to find and open one costs a
 * start some 0.5 ms, as much as to read 50 KB more. What a group's modules import comes with them. Neither group has
 * the server, nor what draws the command line.
 */
const startGroups = [
  {
    name: 'config',
    priority: 2,
    test: /\/host\/config\/(?:load-config|check-supported|gateway-port|with-secrets|working-dir)\.ts$/,
  },
  {
    name: 'basics',
    priority: 1,
    test: /\/(?:protocol\/(?:limits|scopes|frames|methods)|config\/log-(?:path|folder)|gateway\/log\/redact|server\/(?:own-secrets|method|known-secrets|state-lock|durations)|sessions\/session-defaults|host-paths|secrets-handover|swap-places|live-answer|port-in-use|node-http)\.ts$/,
  },
]

/** Bundles host, gateway and command line, with all they import, into `outDir`. */
export async function bundleNodeSide(root: string, outDir: string): Promise<void> {
  const output = {
    entryFileNames: 'main.mjs',
    chunkFileNames: '[name]-[hash].mjs',
    codeSplitting: { groups: [...startGroups] },
  }
  await build(nodeScript(root, outDir, 'gateway/cli/main.ts', output))
  for (const [entryFileNames, entry] of Object.entries(ownScripts)) {
    await build(nodeScript(root, outDir, entry, { entryFileNames, codeSplitting: false }))
  }
  copyFileSync(join(root, 'build/launch/moltbot.mjs'), join(outDir, 'moltbot.mjs'))
}
