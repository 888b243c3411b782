import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { openCaller } from '../../../../host/transports/caller.ts'
import { ProblemError } from '../../../../shared/problem.ts'
import { maxTerminals, terminalWindowBytes } from '../../../../shared/terminals.ts'
import { until } from '../../../fixtures/host-under-test.ts'
import { childrenOf, isAlive, processesWith } from '../../../fixtures/kernel.ts'
import { openRealTerminals, type RealTerminals } from '../../../fixtures/real-terminals.ts'
import { describeWith } from '../../../setup/requirements.ts'

describeWith(['procfs'], 'terminals', () => {
  let real: RealTerminals

  afterEach(async () => {
    await real.close()
    expect(processesWith(real.nonce), 'processes left behind').toEqual([])
  })

  it('run a shell on a pseudoterminal, as the child of a process of their own', async () => {
    real = await openRealTerminals()
    const client = real.client()
    await client.open({ cols: 101, rows: 31 })
    const said = await client.run('echo pid=$$ tty=$(tty)', /pid=\d+ tty=\S/)
    const shell = Number(/pid=(\d+)/.exec(said)?.[1])
    expect(said).toMatch(/tty=\/dev\/pts\/\d+/)
    const [holder = 0] = childrenOf(process.pid).filter((pid) => childrenOf(pid).includes(shell))
    expect(await readFile(`/proc/${holder}/cmdline`, 'latin1')).toContain('terminal-process')
    // The native library is there, and not here.
    expect(await readFile(`/proc/${holder}/maps`, 'latin1')).toContain('pty.node')
    expect(await readFile('/proc/self/maps', 'latin1')).not.toContain('pty.node')
    expect(await client.run('stty size; pwd', /31 101\r\n\//)).toContain(real.folder)
    real.terminals.resize(client.id, { cols: 64, rows: 20 }, client.caller)
    await client.run('stty size', /20 64/)
    const env = await client.run('env', /PS1=/)
    expect(env).toMatch(/\bTERM=xterm-256color\r\n/)
    expect(env).toMatch(/\bLANG=C\.UTF-8\r\n/)
    const path = /\bPATH=([^:]+):/.exec(env)?.[1] ?? ''
    expect(await readFile(join(path, 'moltbot'), 'utf8').catch(() => 'no build')).toMatch(
      /^#!\/bin\/sh|no build/,
    )

    client.type('exit 7\r')
    await until(() => client.mine.ends.length > 0, 'the end')
    expect(client.mine.ends).toEqual([{ id: client.id, exitCode: 7, signal: null, problem: null }])
    expect(isAlive(shell)).toBe(false)
    await until(() => !isAlive(holder), 'the end of its process')
    expect(real.terminals.view.open).toBe(0)
  })

  it('belong to who opened them', async () => {
    real = await openRealTerminals()
    const [owner, other] = [real.client('window'), real.client('socket')]
    await owner.open()
    const { id } = owner
    const calls = [
      () => real.terminals.write(id, 'echo stolen\r', other.caller),
      () => real.terminals.resize(id, { cols: 5, rows: 5 }, other.caller),
      () => real.terminals.acknowledge(id, 1_000, other.caller),
      () => real.terminals.stop(id, other.caller),
    ]
    for (const call of calls) expect(await refusal(call)).toBe('TERMINAL_GONE')
    expect(await refusal(() => real.terminals.start({ cols: 80, rows: 24 }, undefined))).toBe('CALL_NOT_HERE')
    expect(await owner.run('echo mi""ne; stty size', /mine\r\n24 80/)).not.toContain('stolen')
    expect(other.mine.pieces).toEqual([])
  })

  it('end with their client, and all that was started in them', async () => {
    real = await openRealTerminals()
    const client = real.client()
    await client.open()
    // One in the foreground, one that is deaf to the hang-up, one in a session of its own, deaf to TERM, too.
    await client.run(
      '(trap "" HUP; sleep 301) & setsid nohup sh -c \'trap "" TERM; sleep 302; :\' & echo bg',
      /bg/,
    )
    client.type('sleep 303\r')
    const sleeping = (seconds: number) => processesWith(`sleep\0${seconds}`)
    await until(() => [301, 302, 303].every((seconds) => sleeping(seconds).length > 0), 'the sleepers')
    client.caller.leave()
    await until(() => real.terminals.view.open === 0, 'the end')
    await until(() => processesWith(real.nonce).length === 0, 'the end of all its processes', 8_000)
    expect(await refusal(() => real.terminals.start({ cols: 80, rows: 24 }, client.caller))).toBe(
      'TERMINAL_GONE',
    )
  })

  it('stop a program whose output nobody shows, and interrupt one that floods at once', async () => {
    real = await openRealTerminals()
    const client = real.client()
    await client.open()
    const bytes = () => client.mine.pieces.reduce((sum, piece) => sum + piece.bytes, 0)
    client.type('yes\r')
    await until(() => bytes() >= terminalWindowBytes, 'a full window')
    await wait(200)
    const held = bytes()
    expect(held).toBeLessThan(terminalWindowBytes + 64 * 1024 + 1)
    await wait(200)
    expect(bytes()).toBe(held)

    // Shown at last, it goes on; then the host must stay quick however much comes.
    real.onPiece((_client, piece) => real.terminals.acknowledge(client.id, piece.bytes, client.caller))
    real.terminals.acknowledge(client.id, held, client.caller)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const before = process.memoryUsage().rss
    for (const end = performance.now() + 700; performance.now() < end; ) {
      await wait(50)
      client.mine.pieces.splice(0) // kept by this test alone
    }
    delay.disable()
    expect(delay.percentile(99) / 1e6).toBeLessThan(100) // of one that shares its processors
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)

    const asked = performance.now()
    client.type('\u0003')
    await until(() => /\^C\s+\$ $/.test(client.text().slice(-200)), 'the prompt')
    expect(performance.now() - asked).toBeLessThan(1_000)
    client.mine.pieces.splice(0)
    await client.run('echo go""es on', /goes on/)
  })

  it('pass on the whole output of a program, whatever its pieces', async () => {
    real = await openRealTerminals()
    const client = real.client()
    const line = '字é😀ascii·'
    await writeFile(join(real.folder, 'text'), `${line.repeat(60_000)}\n`)
    await client.open()
    // Slow to show, and ended meanwhile: the last of it must come, too.
    let untold = 0
    real.onPiece((_client, piece) => {
      untold += piece.bytes
    })
    client.type('exec cat text\r')
    const telling = setInterval(() => {
      if (client.mine.ends.length > 0) return
      const bytes = Math.min(untold, 100_000)
      untold -= bytes
      if (bytes > 0) real.terminals.acknowledge(client.id, bytes, client.caller)
    }, 40)
    await until(() => client.mine.ends.length > 0, 'the end')
    clearInterval(telling)
    const text = client.text()
    expect(text).not.toContain('\ufffd')
    expect(text.split(line).length - 1).toBe(60_000)
    expect(client.mine.pieces.map(({ seq }) => seq)).toEqual(client.mine.pieces.map((_, index) => index + 1))
    for (const { data, bytes } of client.mine.pieces) expect(bytes).toBe(Buffer.byteLength(data))
  })

  it('show the last output of a program that has ended while nobody showed what it printed', async () => {
    real = await openRealTerminals()
    const client = real.client()
    // Notes each line once the kernel has taken it, and is killed while it waits to be read.
    const program = 'i=0; while :; do i=$((i+1)); echo "<$i>$PAD"; echo $i > last; done'
    await writeFile(join(real.folder, 'program'), program)
    await client.open()
    await client.run('stty -opost; PAD=$(printf %03000d 0); export PAD; echo rea""dy', /ready/)
    client.type('exec timeout -s KILL 0.8 sh program\r')
    await wait(1_400) // longer than the terminal's library waits for what is left
    expect(client.mine.ends).toEqual([])
    real.onPiece((_client, piece) => real.terminals.acknowledge(client.id, piece.bytes, client.caller))
    real.terminals.acknowledge(client.id, Number.MAX_SAFE_INTEGER, client.caller)
    await until(() => client.mine.ends.length > 0, 'the end')
    const last = (await readFile(join(real.folder, 'last'), 'utf8')).trim()
    expect(Number(last)).toBeGreaterThan(terminalWindowBytes / 3_100)
    const shown = client.text().slice(-10_000).replaceAll(/0{8,}/g, '…')
    expect(shown).toContain(`<${last}>…`)
  })

  it('show no known secret, also not bit by bit, and hand none to the shell', async () => {
    const secret = 'canary-terminal-0123456789-abcdef'
    real = await openRealTerminals({ secrets: [secret], env: { API_KEY: secret, OTHER: `x ${secret} y` } })
    const client = real.client()
    await writeFile(
      join(real.folder, 'config'),
      `key=${secret}\nb64=${Buffer.from(secret).toString('base64')}\n`,
    )
    await client.open()
    const read = await client.run('cat config; grep --color=always canary-term config; echo rea""dy', /ready/)
    expect(read).toMatch(/key=\*{3}\r\nb64=\*{3}/)
    await client.run(
      `for c in $(cat config | head -1 | sed 's/key=//; s/./& /g'); do printf %s $c; sleep 0.01; done; echo; echo rea""dy`,
      /ready/,
    )
    client.type(secret.slice(0, 20))
    await wait(100)
    client.type(secret.slice(20))
    await wait(100)
    expect(stripVTControlCharacters(client.text())).not.toContain(secret.slice(3))
    await client.run('\u0015env; echo rea""dy', /ready/)
    expect(client.text()).toMatch(/PS1=/)
    expect(client.text()).not.toMatch(/API_KEY|OTHER=/)
  })

  it('are off in browsers until they are allowed, and end there at once when they are forbidden', async () => {
    real = await openRealTerminals()
    const [browser, window] = [real.client('browser'), real.client('window')]
    expect(await refusal(() => browser.open())).toBe('TERMINAL_OFF_IN_BROWSER')
    await real.terminals.allowInBrowser(true)
    expect(JSON.parse(await readFile(join(real.folder, 'terminal.json'), 'utf8'))).toEqual({
      inBrowser: true,
    })
    await browser.open()
    await window.open()
    await browser.run('sleep 304 & echo ok', /ok/)
    await real.terminals.allowInBrowser(false)
    expect(processesWith('sleep\x00304')).toEqual([])
    expect(browser.mine.ends.map(({ problem }) => problem?.code)).toEqual(['TERMINAL_OFF_IN_BROWSER'])
    expect(await refusal(() => real.terminals.write(browser.id, 'x', browser.caller))).toBe(
      'TERMINAL_OFF_IN_BROWSER',
    )
    expect(JSON.parse(await readFile(join(real.folder, 'terminal.json'), 'utf8'))).toEqual({
      inBrowser: false,
    })
    await window.run('echo st""ill', /still/)
    expect(real.noted).toEqual(['terminalAllowed', 'terminalForbidden'])
  })

  it('stay off in browsers where they were forbidden while allowing was under way', async () => {
    real = await openRealTerminals()
    const [, forbidden] = await Promise.all([
      real.terminals.allowInBrowser(true),
      real.terminals.allowInBrowser(false),
    ])
    expect(forbidden.inBrowser).toBe(false)
    expect(await refusal(() => real.client('browser').open())).toBe('TERMINAL_OFF_IN_BROWSER')
    const record = await readFile(join(real.folder, 'terminal.json'), 'utf8')
    expect(JSON.parse(record)).toEqual({ inBrowser: false })
  })

  it('leave nothing of one that is only starting, and tell nothing more, once they must end', async () => {
    const secret = 'canary-terminal-0123456789-abcdef'
    real = await openRealTerminals({ secrets: [secret] })
    await real.terminals.allowInBrowser(true)
    const browser = real.client('browser')
    await browser.open()
    await browser.run(`printf '%s\\n' rea""dy; printf %s ${secret.slice(0, -1)}; sleep 305`, /ready/)
    const [opening, started] = [refusal(() => real.client('browser').open()), performance.now()]
    await until(() => processesWith(`${real.nonce}.terminal-2`).length > 0, 'a process that is starting')
    await real.terminals.allowInBrowser(false)
    expect(processesWith(real.nonce)).toEqual([])
    expect(await opening).toBe('TERMINAL_OFF_IN_BROWSER')
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(browser.text()).not.toMatch(/ready\r\ncanary-terminal/)
    expect(real.terminals.view).toMatchObject({ open: 0, problem: null })

    const last = refusal(() => real.client().open())
    await until(() => processesWith(`${real.nonce}.terminal-3`).length > 0, 'a process that is starting')
    await real.terminals.close()
    expect(processesWith(real.nonce)).toEqual([])
    expect(await last).toBe('TERMINAL_UNAVAILABLE')
  })

  it('say that their process was killed, and that there are too many', async () => {
    real = await openRealTerminals()
    const clients = Array.from({ length: maxTerminals }, () => real.client())
    await Promise.all(clients.map((client) => client.open()))
    expect(await refusal(() => real.client().open())).toBe('TERMINALS_TOO_MANY')
    const [first] = clients
    const holder = processesWith(`${real.nonce}.${first?.id}`).find((pid) =>
      childrenOf(process.pid).includes(pid),
    )
    process.kill(holder ?? 0, 'SIGKILL')
    await until(() => (first?.mine.ends.length ?? 0) > 0, 'the end')
    expect(first?.mine.ends[0]?.problem?.code).toBe('TERMINAL_UNAVAILABLE')
    await real.client().open()
  })

  it('show what a shell says that ends at once, and how it ended', async () => {
    real = await openRealTerminals({ env: { SHELL: '/usr/bin/env' } })
    const client = real.client()
    await client.open()
    await until(() => client.mine.ends.length > 0, 'the end')
    expect(client.text()).toContain('TERM=xterm-256color')
    expect(client.mine.ends).toMatchObject([{ exitCode: 0, problem: null }])
    expect(real.terminals.view).toMatchObject({ open: 0, problem: null })
  })

  it('say why none can be opened, and leave nothing of one that is not wanted any more', async () => {
    real = await openRealTerminals({ nodePath: '/nowhere/node' })
    expect(await refusal(() => real.client().open())).toBe('TERMINAL_UNAVAILABLE')
    expect(real.terminals.view.problem).toMatchObject({ code: 'TERMINAL_UNAVAILABLE' })
    await real.close()
    real = await openRealTerminals()
    const gone = openCaller('window')
    const opening = real.terminals.start({ cols: 80, rows: 24 }, gone)
    gone.leave() // while its shell is starting
    expect(await refusal(() => opening)).toBe('TERMINAL_GONE')
    expect(processesWith(real.nonce)).toEqual([])
  })
})

async function refusal(act: () => unknown): Promise<string | null> {
  try {
    await act()
    return null
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}
