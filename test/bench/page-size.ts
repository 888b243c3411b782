import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../../build/prepare/root.mjs'
import { type Row, toRow } from './row.ts'

/** What a browser loads for the page, compressed. */
export function measurePageSize(): Row[] {
  return [
    toRow({
      what: 'page: HTML, scripts and styles, gzip',
      unit: 'kB',
      values: [compressed(/\.(html|js|css)$/)],
    }),
    toRow({
      what: 'page: scripts, gzip',
      unit: 'kB',
      values: [compressed(/\.js$/)],
      limits: { median: 350 },
    }),
  ]
}

function compressed(names: RegExp): number {
  const sizes = readdirSync(join(root, 'dist/renderer'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name))).length)
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
