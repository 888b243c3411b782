import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root as project } from '../../../build/prepare/root.mjs'

const projects = ['shared', 'host', 'gateway', 'electron', 'renderer']
const configs = [
  'tsconfig.base.json',
  'biome.json',
  '.gitignore',
  ...projects.map((name) => `${name}/tsconfig.json`),
]

/** The project's own configuration over a tree of one file a project, into which a crossing is planted. */
describe('the import rules', () => {
  let root: string
  const at = (path: string) => join(root, path)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  const tool = (name: string, ...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(at(`node_modules/.bin/${name}`), args, {
      cwd: root,
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  }
  const withPlanted = <T>(path: string, text: string, work: () => T): T => {
    write(path, text)
    try {
      return work()
    } finally {
      rmSync(at(path))
    }
  }

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'moltbot-rules-'))
    symlinkSync(join(project, 'node_modules'), at('node_modules'))
    for (const name of projects) write(`${name}/own.ts`, `export const ${name} = 1\n`)
    for (const path of configs) copyFileSync(join(project, path), at(path))
    writeFileSync(at('package.json'), '{}')
    tool('tsc', '-b', ...projects)
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('let a tree without a crossing pass', () => {
    expect(tool('tsc', '-b', ...projects)).toEqual({ status: 0, output: '' })
    expect(tool('biome', 'lint', '.').status).toBe(0)
  })

  it.each([
    ['shared', 'host'],
    ['host', 'gateway'],
    ['host', 'renderer'],
    ['gateway', 'renderer'],
    ['renderer', 'host'],
    ['renderer', 'gateway'],
    ['renderer', 'electron'],
    ['host', 'electron'],
    ['gateway', 'electron'],
    ['electron', 'gateway'],
    ['electron', 'renderer'],
  ])('%s may not import %s, not even a type', (from, to) => {
    const text = `import type * as other from '../${to}/own.ts'\n\nexport type Planted = typeof other\n`
    const { status, output } = withPlanted(`${from}/planted.ts`, text, () => tool('tsc', '-b', from))
    expect(status).not.toBe(0)
    expect(output).toContain(`${from}/planted.ts`)
    expect(output).toContain('TS6307')
  })

  it.each([
    ['shared', 'node:fs', 'noNodejsModules'],
    ['renderer', 'node:fs', 'noNodejsModules'],
    ['shared', 'electron', 'noRestrictedImports'],
    ['host', 'electron', 'noRestrictedImports'],
    ['gateway', 'electron', 'noRestrictedImports'],
    ['renderer', 'electron', 'noRestrictedImports'],
  ])('%s may not import %s', (from, module, rule) => {
    const text = `import * as other from '${module}'\n\nexport const planted = other\n`
    const { status, output } = withPlanted(`${from}/planted.ts`, text, () =>
      tool('biome', 'lint', '--colors=off', from),
    )
    expect(status).not.toBe(0)
    expect(output).toContain(rule)
  })
})
