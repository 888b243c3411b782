import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folders = ['shared', 'host', 'gateway', 'electron', 'renderer', 'assets', 'build']
const files = ['package.json', 'package-lock.json']

/**
 * Names the state of everything the build reads; by content, because times change with each checkout.
 * @param {string} root
 * @returns {string} hexadecimal
 */
export function sourceDigest(root) {
  const hash = createHash('sha256')
  const present = folders.filter((folder) => existsSync(join(root, folder)))
  const paths = present.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for (const path of [...paths.sort(), ...files.map((file) => join(root, file))]) {
    const content = readFileSync(path)
    hash.update(`${path.slice(root.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
