import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDesktopEntry } from '../../../build/package/desktop-entry.ts'
import { inspectPackage } from '../../../build/package/inspect-package.ts'
import { packageApp } from '../../../build/package/package-app.ts'
import { writeStubElectron } from '../../../build/package/stub-electron.ts'
import { ownTarget, type Target } from '../../../build/package/target.ts'
import { tryPackage } from '../../../build/package/try-package.ts'
import { root } from '../../../build/prepare/root.mjs'
import { version } from '../../../shared/version.ts'

const target = ownTarget()

/** The last build, really packed by electron-builder, around a stand-in for Electron's own files. */
describe.skipIf(target?.platform !== 'linux')('an unpacked package for Linux', () => {
  let base: string
  let app: string
  let entry = ''
  const own = target as Target
  const wrongIn = async (folder: string) =>
    (await inspectPackage(folder, own, root)).flatMap(({ wrong }) => wrong)

  beforeAll(async () => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'moltbot-pack-')))
    const electronDist = join(base, 'electron')
    writeStubElectron(electronDist, '45.4.1')
    // Whoever packs it may keep their own files from everybody else.
    const before = process.umask(0o077)
    await packageApp({
      root,
      target: own,
      kind: 'appimage',
      output: join(base, 'out'),
      electronDist,
      env: {},
      unpackedOnly: true,
      desktopEntry: (text) => {
        entry = text
      },
    }).finally(() => process.umask(before))
    app = join(base, 'out', 'linux-unpacked')
  }, 120_000)
  afterAll(() => rmSync(base, { recursive: true, force: true }))

  it('has all that it needs, and nothing else', async () => {
    expect(await wrongIn(app)).toEqual([])
  })

  it('has a menu entry that desktops read, in both languages', async () => {
    expect((await checkDesktopEntry(entry)).wrong).toEqual([])
  })

  it('runs anywhere: host, gateway, page, secrets, backup, npm and terminal', async () => {
    const findings = await tryPackage(app, own, version, root)
    expect(findings.filter(({ wrong }) => wrong.length > 0)).toEqual([])
    expect(findings.length).toBeGreaterThan(10)
  }, 180_000)

  describe('is refused', () => {
    /** What is said when one file was changed, which is put back afterwards. */
    const spoilt = async (file: string, spoil: (path: string) => unknown) => {
      const path = join(app, file)
      const before = existsSync(path) ? { bytes: readFileSync(path), mode: statSync(path).mode } : null
      try {
        await spoil(path)
        return await wrongIn(app)
      } finally {
        rmSync(path, { force: true })
        if (before) writeFileSync(path, before.bytes)
        if (before) chmodSync(path, before.mode)
      }
    }

    it('with a file too many', async () => {
      expect(await spoilt('resources/app/main.mjs.map', (path) => writeFileSync(path, '{}'))).toEqual([
        'app/main.mjs.map has no business here.',
      ])
    })

    it('without a compiled part', async () => {
      const part = `node_modules/@lydell/node-pty-linux-${own.arch}/pty.node`
      expect(await spoilt(`resources/${part}`, rmSync)).toEqual([`${part} is missing.`])
    })

    it('with a compiled part for something else', async () => {
      const part = `node_modules/@napi-rs/keyring-linux-${own.arch}-gnu/keyring.linux-${own.arch}-gnu.node`
      expect(await spoilt(`resources/${part}`, (path) => writeFileSync(path, 'MZ'.padEnd(64)))).toEqual([
        `${part} was compiled for something else.`,
      ])
    })

    it('with a Node that cannot be run', async () => {
      expect(await spoilt('resources/node', (path) => chmodSync(path, 0o644))).toEqual([
        'node has mode 644 and should have 755.',
      ])
    })

    it('with a folder that nobody else may enter, or anybody may change', async () => {
      const folder = join(app, 'resources/renderer/assets')
      const wrong: string[] = []
      for (const mode of [0o700, 0o777]) {
        chmodSync(folder, mode)
        wrong.push(...(await wrongIn(app)))
      }
      chmodSync(folder, 0o755)
      expect(wrong).toEqual(
        ['700', '777'].map((mode) => `renderer/assets/ has mode ${mode} and should have 755.`),
      )
    })

    it('with a program that nobody needs', async () => {
      expect(await spoilt('resources/renderer/index.html', (path) => chmodSync(path, 0o755))).toEqual([
        'renderer/index.html has mode 755 and should have 644.',
      ])
    })

    it.each([
      ['a fuse that is on', FuseV1Options.RunAsNode, true],
      ['a fuse that is off', FuseV1Options.OnlyLoadAppFromAsar, false],
    ])('with %s and should not be', async (_what, fuse, state) => {
      const flip = (path: string) => flipFuses(path, { version: FuseVersion.V1, [fuse]: state })
      expect(await spoilt('moltbot-desktop', flip)).toEqual([FuseV1Options[fuse]])
    })

    it('with an archive that was changed', async () => {
      const change = (path: string) => {
        const bytes = readFileSync(path)
        bytes.write('!', bytes.indexOf('SingletonLock'))
        writeFileSync(path, bytes)
      }
      const wrong = await spoilt('resources/app.asar', change)
      expect(wrong).toHaveLength(1)
      expect(wrong[0]).toMatch(/ is not what the archive's header says\.$/)
    })

    it('with a script whose package was left out', async () => {
      const plant = (path: string) => appendFileSync(path, "import 'left-out'\nawait import('left/too')\n")
      expect(await spoilt('resources/app/main.mjs', plant)).toEqual([
        'app/main.mjs needs left-out, which is not in the package.',
        'app/main.mjs needs left, which is not in the package.',
      ])
    })

    it('with a path of the machine that built it', async () => {
      expect(
        await spoilt('resources/app/main.mjs', (path) => appendFileSync(path, `// ${root}/host\n`)),
      ).toEqual(['app/main.mjs names a folder of this machine.'])
    })
  })
})
