import { createHash } from 'node:crypto'
import { readdirSync, utimesSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../fixtures/host-under-test.ts'
import {
  electronVersion,
  executable,
  makeSmallProject,
  type SmallProject,
} from '../../fixtures/small-project.ts'
import { storedZip } from '../../fixtures/stored-zip.ts'

const archiveName = `electron-v${electronVersion}-${process.platform}-${process.arch}.zip`
const archive = storedZip({
  [executable]: '#!/bin/sh\n: > "$MOLTBOT_READY_FILE"; : > desktop\n',
  version: electronVersion,
})
const mark = 'node_modules/.cache/moltbot-desktop/electron-download-failed'

describe('npm start without the desktop runtime', () => {
  let project: SmallProject
  let server: Server
  let asked: (string | undefined)[]
  let answer: RequestListener
  let env: NodeJS.ProcessEnv
  beforeEach(async () => {
    project = makeSmallProject()
    const hash = createHash('sha256').update(archive).digest('hex')
    project.write('node_modules/electron/checksums.json', JSON.stringify({ [archiveName]: hash }))
    asked = []
    answer = (_request, response) => response.end(archive)
    server = createServer((request, response) => {
      asked.push(request.url)
      answer(request, response)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo // a TCP server's address is no string
    env = { DISPLAY: ':99', ELECTRON_MIRROR: `http://127.0.0.1:${port}/` }
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
    project.remove()
  })

  /** What a download might leave that is not whole. */
  const leftovers = () =>
    [...readdirSync(project.at('node_modules/electron')), ...readdirSync(project.at('dist'))].filter((name) =>
      /^\.|^path\.txt$|^dist$/.test(name),
    )
  const goneHeadless = (said: string) => {
    expect(project.read('headless')).toBe('host')
    expect(project.has('desktop')).toBe(false)
    expect(leftovers()).toEqual([])
    return said.split('\n').filter((line) => line.includes('starts without its window'))
  }

  it('downloads it from the mirror once, shows that, and runs it', async () => {
    const first = project.start(env)
    expect(await first.ended).toBe(0)
    expect(project.has('desktop')).toBe(true)
    expect(first.said).toContain(`Downloading Electron ${electronVersion}`)
    expect(asked).toEqual([`/v${electronVersion}/${archiveName}`])
    expect(project.read('node_modules/electron/path.txt')).toBe(executable)
    const second = project.start(env)
    expect(await second.ended).toBe(0)
    expect(second.said).toBe('')
    expect(asked).toHaveLength(1)
  })

  it('gives up at once where the connection is refused, and does not try again for an hour', async () => {
    await new Promise((closed) => server.close(closed))
    const began = performance.now()
    const first = project.start(env)
    expect(await first.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(goneHeadless(first.said)).toEqual([
      'Electron could not be downloaded (the connection was refused), so Moltbot starts without its window.',
    ])

    const second = project.start(env)
    expect(await second.ended).toBe(0)
    expect(second.said).not.toContain('Downloading')
    expect(goneHeadless(second.said)).toEqual([
      'Electron could not be downloaded (the connection was refused) less than an hour ago ' +
        '(npm start -- --desktop tries again now), so Moltbot starts without its window.',
    ])
  })

  it.each([
    ['an hour later', [], true],
    ['where the desktop is insisted on', ['--desktop'], false],
  ])('tries again %s', async (_when, options, isOld) => {
    project.write(mark, 'Electron could not be downloaded')
    const long = new Date(Date.now() - 61 * 60_000)
    if (isOld) utimesSync(project.at(mark), long, long)
    expect(await project.start(env, ...options).ended).toBe(0)
    expect(project.has('desktop')).toBe(true)
    expect(project.has(mark)).toBe(false)
  })

  it('gives up at once where the server has no such file', async () => {
    answer = (_request, response) => response.writeHead(404).end()
    const run = project.start(env)
    expect(await run.ended).toBe(0)
    expect(goneHeadless(run.said)).toHaveLength(1)
    expect(run.said).toContain('(the server answered 404)')
  })

  it('does not use what is not what the makers published', async () => {
    answer = (_request, response) => response.end(storedZip({ [executable]: '#!/bin/sh\n' }))
    const run = project.start(env)
    expect(await run.ended).toBe(0)
    expect(goneHeadless(run.said)).toHaveLength(1)
    expect(run.said).toContain('not what its makers published')
  })

  it('downloads nothing where a host runs already', async () => {
    project.script('dist/moltbot', `[ "$1" = service ] || echo "$*" > '${project.at('headless')}'`)
    const run = project.start(env)
    expect(await run.ended).toBe(0)
    expect(asked).toEqual([])
    expect(project.read('headless')).toBe('host')
    expect(run.said).toBe('')
  })

  it('ends at a signal in the middle, and leaves nothing half done', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': archive.length })
      response.write(archive.subarray(0, 50))
    }
    const run = project.start(env)
    await until(() => asked.length === 1, 'the request')
    await wait(50)
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(143)
    expect(project.has('headless')).toBe(false)
    expect(project.has(mark)).toBe(false)
    expect(leftovers()).toEqual([])
  })

  it('replaces what an earlier, killed download has left', async () => {
    project.write('node_modules/electron/.dist-1/electron', '')
    project.write('dist/.electron-download/half', '')
    project.installRuntime('exit 1', '44.0.0')
    expect(await project.start(env).ended).toBe(0)
    expect(project.has('desktop')).toBe(true)
    expect(project.has('node_modules/electron/.dist-1')).toBe(false)
    expect(project.has('dist/.electron-download')).toBe(false)
  })

  describe('from a slow server', () => {
    const stallMs = 400
    const download = () =>
      project.run(
        process.execPath,
        [project.at('build/desktop/get-electron.ts'), project.at(mark), `${stallMs}`],
        {
          ...env,
        },
      )

    it.each([
      ['never answers', () => {}],
      [
        'stops in the middle',
        (response: Parameters<RequestListener>[1]) => {
          response.writeHead(200, { 'content-length': archive.length })
          response.write(archive.subarray(0, 50))
        },
      ],
    ])('gives up on one that %s', async (_what, silent) => {
      answer = (_request, response) => silent(response)
      const began = performance.now()
      const run = download()
      expect(await run.ended).toBe(1)
      expect(performance.now() - began).toBeGreaterThan(stallMs)
      expect(performance.now() - began).toBeLessThan(stallMs + 3_000)
      expect(run.said).toContain('(nothing arrived for 0 s)')
      expect(leftovers()).toEqual([])
    })

    it('waits for as long as something arrives', async () => {
      answer = async (_request, response) => {
        response.writeHead(200, { 'content-length': archive.length })
        const piece = Math.ceil(archive.length / 5)
        for (let at = 0; at < archive.length; at += piece) {
          response.write(archive.subarray(at, at + piece))
          await wait(stallMs / 2)
        }
        response.end()
      }
      const began = performance.now()
      expect(await download().ended).toBe(0)
      expect(performance.now() - began).toBeGreaterThan(stallMs * 2)
      expect(project.has(`node_modules/electron/dist/${executable}`)).toBe(true)
    })
  })
})
