import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { processesWith } from '../../fixtures/kernel.ts'
import { makeSmallProject, type SmallProject } from '../../fixtures/small-project.ts'
import { describeWith } from '../../setup/requirements.ts'

const display = { DISPLAY: ':99' }

describeWith(['procfs'], 'npm start with the desktop runtime', () => {
  let project: SmallProject
  beforeEach(() => {
    project = makeSmallProject()
  })
  afterEach(() => project.remove())

  const lines = (said: string) => said.trim().split('\n')
  const notes = () => `printf '%s\\n' "$@" > '${project.at('desktop')}'`
  /** Ready at once; then as told. */
  const app = (then: string) => project.installRuntime(`${notes()}; : > "$MOLTBOT_READY_FILE"; ${then}`)

  it('runs the application with the options, and ends with its exit code', async () => {
    app('env > environment; exit 7')
    const run = project.start(
      { ...display, ELECTRON_RUN_AS_NODE: '1' },
      '--no-open',
      '--desktop',
      '--port',
      '18 799',
    )
    expect(await run.ended).toBe(7)
    expect(lines(project.read('desktop'))).toEqual([project.root, '--no-open', '--port', '18 799'])
    expect(project.read('environment')).not.toContain('ELECTRON_RUN_AS_NODE')
    expect(project.has('headless')).toBe(false)
    expect(run.said).toBe('')
    expect(readdirSync(project.at('tmp'))).toEqual([])
  })

  it.each([{ DISPLAY: ':99' }, { WAYLAND_DISPLAY: 'wayland-0' }])('finds the display %o', async (env) => {
    app('exit 0')
    expect(await project.start(env).ended).toBe(0)
    expect(project.has('desktop')).toBe(true)
  })

  it('goes headless without a display, and says so in one line', async () => {
    app('exit 0')
    const run = project.start({}, '--no-open')
    expect(await run.ended).toBe(0)
    expect(project.read('headless')).toBe('host --no-open')
    expect(lines(run.said)).toEqual(['No display was found, so Moltbot starts without its window.'])
  })

  it('takes a Mac reached over ssh for one without a display', async () => {
    project.script('bin/uname', 'echo Darwin')
    project.script('node_modules/electron/dist/Electron.app/Contents/MacOS/Electron', notes())
    project.write('node_modules/electron/dist/version', 'v45.4.1')
    expect(await project.start({ ...display, SSH_CONNECTION: '::1 1 ::1 22' }).ended).toBe(0)
    expect(project.has('desktop')).toBe(false)
    expect(await project.start({}).ended).toBe(0)
    expect(project.has('desktop')).toBe(true)
  })

  it('goes headless without a word where that is asked for', async () => {
    app('exit 0')
    const run = project.start(display, '--headless', '--no-open')
    expect(await run.ended).toBe(0)
    expect(project.read('headless')).toBe('host --no-open')
    expect(project.has('desktop')).toBe(false)
    expect(run.said).toBe('')
  })

  it('goes headless when the application ends before it is ready, and says why in one line', async () => {
    project.installRuntime(
      `echo starting >&2
       echo '[1:FATAL:main.cc(1)] Running as root without --no-sandbox is not supported.' >&2
       echo '#0 0x55d1' >&2
       exit 1`,
    )
    const run = project.start(display)
    expect(await run.ended).toBe(0)
    expect(project.has('headless')).toBe(true)
    expect(lines(run.said).filter((line) => line.includes('without its window'))).toEqual([
      'The desktop application ended before it was ready (exit code 1: ' +
        '[1:FATAL:main.cc(1)] Running as root without --no-sandbox is not supported.), ' +
        'so Moltbot starts without its window.',
    ])
  })

  it.each([
    ['kill -SEGV $$', 'ended before it was ready (signal SEGV)'],
    ['printf "no newline" >&2; exit 1', '(exit code 1: no newline)'],
    ['printf "a\\033[31mb\\007" >&2; exit 1', '(exit code 1: a[31mb)'],
  ])('names the end of %s', async (text, said) => {
    project.installRuntime(text)
    const run = project.start(display)
    expect(await run.ended).toBe(0)
    expect(project.has('headless')).toBe(true)
    expect(lines(run.said).at(-1)).toContain(said)
  })

  it.each([0, 2])('leaves it at that where the application ends early with %i', async (code) => {
    project.installRuntime(`exit ${code}`)
    expect(await project.start(display).ended).toBe(code)
    expect(project.has('headless')).toBe(false)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'passes %s on, waits for the application, and nothing is left',
    async (signal) => {
      app(`trap 'sleep 0.3; exit 5' TERM; : > running; while :; do sleep 0.05; done`)
      const run = project.start(display)
      await project.until('running')
      run.child.kill(signal)
      expect(await run.ended).toBe(5)
      expect(project.has('headless')).toBe(false)
      expect(processesWith(project.root)).toEqual([])
    },
  )

  it('does not start a host after a signal to one that is not ready', async () => {
    project.installRuntime(': > running; exec sleep 60')
    const run = project.start(display)
    await project.until('running')
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(143)
    expect(project.has('headless')).toBe(false)
  })

  it('passes a signal to npm itself on', async () => {
    app(`trap 'exit 5' TERM; : > running; while :; do sleep 0.05; done`)
    const run = project.run('npm', ['start'], display)
    await project.until('running')
    run.child.kill('SIGTERM')
    await run.ended
    expect(processesWith(project.root)).toEqual([])
  })

  it('shows what the application says at once', async () => {
    app(`echo hello >&2; trap 'exit 0' TERM; while :; do sleep 0.05; done`)
    const run = project.start(display)
    await expect.poll(() => run.said).toContain('hello')
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
  })

  it('keeps reading what the application says while its terminal goes', async () => {
    app(
      `trap '' HUP; trap 'echo closing >&2; echo closed >&2; : > closed-in-order; exit 0' TERM
       : > running; while :; do sleep 0.05; done`,
    )
    const run = project.start(display)
    await project.until('running')
    // It reaches every process of the terminal.
    for (const pid of processesWith(project.at('build/start.sh'))) process.kill(pid, 'SIGHUP')
    expect(await run.ended).toBe(0)
    expect(project.has('closed-in-order')).toBe(true)
    expect(run.said).toContain('closed')
  })

  it('uses the runtime that ELECTRON_OVERRIDE_DIST_PATH names, and no other', async () => {
    app('exit 0')
    project.script('other/electron', ': > other-ran; : > "$MOLTBOT_READY_FILE"')
    project.script('bin/uname', 'echo Linux')
    expect(await project.start({ ...display, ELECTRON_OVERRIDE_DIST_PATH: project.at('other') }).ended).toBe(
      0,
    )
    expect(project.has('other-ran')).toBe(true)
    expect(project.has('desktop')).toBe(false)
    const run = project.start({ ...display, ELECTRON_OVERRIDE_DIST_PATH: project.at('none') })
    expect(await run.ended).toBe(0)
    expect(run.said).toContain('ELECTRON_OVERRIDE_DIST_PATH holds no electron, so Moltbot starts without')
  })
})
