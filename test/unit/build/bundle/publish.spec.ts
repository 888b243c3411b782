import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publish } from '../../../../build/bundle/publish.ts'
import { root } from '../../../../build/prepare/root.mjs'

describe('publishing a build', () => {
  let dist: string
  const make = (id: string) => {
    mkdirSync(join(dist, 'builds', id, 'app'), { recursive: true })
    writeFileSync(join(dist, 'builds', id, 'app', 'moltbot.mjs'), id)
    publish({ root, dist, id })
  }
  const current = () => readFileSync(join(dist, 'app', 'moltbot.mjs'), 'utf8')

  beforeEach(() => {
    dist = mkdtempSync(join(tmpdir(), 'moltbot-publish-'))
  })
  afterEach(() => rmSync(dist, { recursive: true, force: true }))

  it('points dist/app at the newest build and makes the command executable', () => {
    make('a1')
    make('a2')
    expect(current()).toBe('a2')
    expect(statSync(join(dist, 'moltbot')).mode & 0o777).toBe(0o755)
    expect(readdirSync(dist).sort()).toEqual(['app', 'builds', 'current', 'moltbot', 'renderer'])
  })

  it('keeps what a running host may still load, and only that', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `b${index + 10}`)
    for (const id of ids) make(id)
    expect(readdirSync(join(dist, 'builds'))).toEqual(ids.slice(-21))
  })

  it('takes the place of a folder that another tool left under its name', () => {
    mkdirSync(join(dist, 'app'))
    writeFileSync(join(dist, 'app', 'old'), '')
    make('a1')
    expect(current()).toBe('a1')
    expect(existsSync(join(dist, 'app', 'old'))).toBe(false)
  })
})
