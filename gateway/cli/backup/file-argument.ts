import { resolve } from 'node:path'
import { backupNamePattern } from '../../../shared/backups.ts'

/** The host runs in another folder: a path is made absolute here, a bare name means the usual folder. */
export function fileArgument(file: string): string {
  return backupNamePattern.test(file) ? file : resolve(file)
}
