import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare/root.mjs'

// `npm run dev`: host, gateway and command line run from the sources and start again when one changes; the
// renderer is bundled again into dist/renderer.
const vite = [
  'build',
  '--watch',
  '--config',
  'build/renderer.config.ts',
  '--logLevel',
  'warn',
  '--emptyOutDir',
]
const programs = [
  [
    join(root, 'node_modules/vite/bin/vite.js'),
    ...vite,
    '--outDir',
    realpathSync(join(root, 'dist/renderer')),
  ],
  ['--watch', '--watch-preserve-output', join(root, 'gateway/cli/main.ts'), 'host', ...process.argv.slice(2)],
]
const children = programs.map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }))

// A Ctrl-C reaches all of them by itself, a signal to this process only does not.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    process.exitCode = 0
    for (const child of children) child.kill('SIGTERM')
  })
}
for (const child of children) {
  child.on('exit', (code) => {
    for (const other of children) other.kill('SIGTERM')
    process.exitCode ??= code ?? 1
  })
}
