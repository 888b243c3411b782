import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { commandLine } from '../gateway/gateway-process.ts'

const root = resolve(import.meta.dirname, '../../..')

/** The folder of a built repository, with the real launcher; its bundle is the sources of this one. */
export function installedCopy(folder: string) {
  const dist = join(folder, 'dist')
  mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'))
  mkdirSync(dist)
  copyFileSync(join(root, 'build/launch/moltbot'), join(dist, 'moltbot'))
  chmodSync(join(dist, 'moltbot'), 0o755)
  const build = (id: string) => {
    const app = join(dist, 'builds', id, 'app')
    mkdirSync(app, { recursive: true })
    writeFileSync(
      join(app, 'moltbot.mjs'),
      `await import(${JSON.stringify(pathToFileURL(commandLine).href)})\n`,
    )
    symlinkSync(`builds/${id}`, join(dist, 'fresh'))
    renameSync(join(dist, 'fresh'), join(dist, 'current'))
  }
  build('one')
  symlinkSync('current/app', join(dist, 'app'))
  return {
    launcher: join(dist, 'moltbot'),
    /** As the next build does, which keeps no former one for ever. */
    buildAgain() {
      build('two')
      rmSync(join(dist, 'builds', 'one'), { recursive: true })
    },
  }
}

/** Runs a program to its end. */
export function runOnce(file: string, args: readonly string[], env: Record<string, string>, cwd = '/') {
  const { status, stdout, stderr } = spawnSync(file, [...args], { env, cwd, encoding: 'utf8' })
  return { code: status, stdout, stderr }
}
