import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { backupNamePattern } from '../../../shared/backups.ts'

/**
 * The host runs in another folder: a path is made absolute here. The bare name of a backup means the file in
 * the current folder, and where there is none the one in the usual folder.
 */
export function fileArgument(file: string): string {
  const here = resolve(file)
  return backupNamePattern.test(file) && !isFile(here) ? file : here
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
