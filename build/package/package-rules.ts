import { ownScripts } from '../bundle/node-side.ts'
import { isKept } from './kept-files.ts'
import { nativePackages, plainPackages } from './native-packages.ts'
import type { Target } from './target.ts'

export interface RequiredFile {
  /** Below the resources. */
  readonly file: string
  readonly isExecutable: boolean
}

/** What a package cannot do without, besides Electron's own files. */
export function requiredFiles(target: Target): RequiredFile[] {
  const native = nativePackages(target)
  const executables = [
    'node',
    'moltbot',
    ...native.flatMap(({ name, executables: own }) => own.map((file) => inModules(name, file))),
  ]
  const others = [
    'app.asar',
    'app/main.mjs',
    'app/moltbot.mjs',
    ...Object.keys(ownScripts).map((name) => `app/${name}`),
    'renderer/index.html',
    ...native.map(({ name, file }) => inModules(name, file)),
    ...plainPackages.map((name) => inModules(name, 'package.json')),
    inModules('npm', 'bin/npm-cli.js'),
    'LICENSE.txt',
    'THIRD-PARTY-NOTICES.txt',
    // On Linux, Electron's are beside its program.
    ...(target.platform === 'linux' ? ['runtime.json'] : ['LICENSE.electron.txt', 'LICENSES.chromium.html']),
  ]
  return [
    ...executables.map((file) => ({ file, isExecutable: true })),
    ...others.map((file) => ({ file, isExecutable: false })),
  ]
}

/** Whether a file below the resources is one that a package has; whatever is not named here was put in by mistake. */
export function isExpected(file: string, target: Target): boolean {
  if (requiredFiles(target).some((required) => required.file === file)) return true
  if (file === 'release.json') return true
  // What else is there on macOS is Electron's; on Linux its own files are elsewhere.
  if (target.platform === 'darwin' && !/^(app|renderer|node_modules)\//.test(file)) return true
  // electron-builder leaves it there for the scripts of a deb.
  if (target.platform === 'linux' && file === 'apparmor-profile') return true
  if (/^app\/[\w.-]+\.mjs$/.test(file)) return true
  if (/^renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/.test(file)) return true
  const names = [...plainPackages, ...nativePackages(target).map(({ name }) => name)]
  const name = names.find((each) => file.startsWith(inModules(each, '')))
  return name !== undefined && isKept(name, file.slice(inModules(name, '').length))
}

/** Whether a file in the archive is one that Electron runs or shows. */
export function isExpectedInArchive(file: string): boolean {
  return (
    ['package.json', 'desktop.mjs', 'preload.cjs'].includes(file) ||
    /^desktop-[\w.-]+\.mjs$/.test(file) ||
    /^icons\/(app|tray)\/[\w@/-]+\.png$/.test(file)
  )
}

function inModules(name: string, file: string): string {
  return `node_modules/${name}/${file}`
}
