import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkDesktopEntry } from './package/desktop-entry.ts'
import { findingsTable } from './package/findings-table.ts'
import { inspectPackage } from './package/inspect-package.ts'
import { packageApp } from './package/package-app.ts'
import { writeStubElectron } from './package/stub-electron.ts'
import { ownTarget } from './package/target.ts'
import { tryPackage } from './package/try-package.ts'
import { whyPackingFailed } from './package/why-packing-failed.ts'
import { root } from './prepare/root.mjs'

// `npm run dist:check`: packs for Linux on a stand-in for Electron, looks at every file of the result, and runs
// what a plain Node runs of it, elsewhere. Nothing is downloaded. What Electron itself does is not tried.
const output = join(root, 'release', 'check')
const started = performance.now()
try {
  const target = ownTarget()
  if (target?.platform !== 'linux')
    throw new Error('dist:check runs on Linux; `npm run dist` packs for macOS.')
  const built = spawnSync(process.execPath, [join(root, 'build/bundle.ts')], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(1)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  const electronDist = join(output, '.electron-stand-in')
  writeStubElectron(electronDist, electron.version)
  let entry = ''
  await packageApp({
    root,
    target,
    kind: 'appimage',
    output,
    electronDist,
    env: process.env,
    unpackedOnly: true,
    desktopEntry: (text) => {
      entry = text
    },
  })
  const app = join(output, 'linux-unpacked')
  const findings = [
    ...(await inspectPackage(app, target, root)),
    await checkDesktopEntry(entry),
    ...(await tryPackage(app, target, version, root)),
  ]
  console.log(`\n${findingsTable(findings)}`)
  const wrong = findings.filter(({ wrong }) => wrong.length > 0).length
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(
    `\n${findings.length - wrong} passed, ${wrong} failed, in ${seconds} s. Electron itself was not run.`,
  )
  if (wrong > 0) process.exitCode = 1
} catch (error) {
  console.error(whyPackingFailed(error))
  process.exitCode = 1
}
