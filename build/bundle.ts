import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { bundleDesktop } from './bundle/desktop.ts'
import { bundleNodeSide } from './bundle/node-side.ts'
import { publish } from './bundle/publish.ts'
import { bundleRenderer } from './bundle/renderer.ts'
import { root } from './prepare/root.mjs'
import { sourceDigest } from './prepare/source-digest.mjs'

// Taken first: what changes while bundling must count as not yet built.
const sources = sourceDigest(root)
const dist = join(root, 'dist')
const id = `${Date.now().toString(36)}-${process.pid}`
const folder = join(dist, 'builds', id)
mkdirSync(folder, { recursive: true })
try {
  const app = join(folder, 'app')
  const parts = [
    bundleNodeSide(root, app),
    bundleDesktop(root, app),
    bundleRenderer(root, join(folder, 'renderer')),
  ]
  // Also after a failure all must have ended: the others still write into the folder.
  await Promise.allSettled(parts)
  await Promise.all(parts)
  writeFileSync(join(folder, 'sources'), sources)
  publish({ root, dist, id })
  console.log(`Built dist/moltbot, dist/app and dist/renderer (build ${id}).`)
} catch (error) {
  rmSync(folder, { recursive: true, force: true })
  // The message has the place and the frame of each error; the stack is the bundler's own.
  console.error(stripVTControlCharacters(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
}
