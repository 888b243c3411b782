import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  desktopEntry,
  isStarted,
  isUnedited,
  readDesktopEntry,
  readExec,
} from '../../../../host/login-item/desktop-entry.ts'
import { whyNotStartable } from '../../../../host/login-item/login-program.ts'

/** The specification once more, character by character, and apart from what it judges. */
function startedBy(entry: string): string[] {
  const line = entry.split('\n').find((text) => text.startsWith('Exec=')) ?? ''
  let value = ''
  for (let at = 'Exec='.length; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1 // only `\\` is ever needed in ours
    value += line[at]
  }
  const words: string[] = []
  let word: string | null = null
  let isQuoted = false
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at] ?? ''
    if (char === '"') {
      isQuoted = !isQuoted
      word ??= ''
    } else if (char === ' ' && !isQuoted) {
      if (word !== null) words.push(word)
      word = null
    } else if (char === '\\' && isQuoted) {
      at += 1
      word = (word ?? '') + value[at]
    } else if (char === '%') {
      at += 1
      if (value[at] !== '%') throw new Error(`a field code: %${value[at]}`)
      word = `${word ?? ''}%`
    } else {
      if (isQuoted && /[$`]/.test(char)) throw new Error(`to be escaped: ${char}`)
      if (!isQuoted && /[\s'\\><~|&;$*?#()`]/.test(char)) throw new Error(`reserved, and not quoted: ${char}`)
      word = (word ?? '') + char
    }
  }
  if (word !== null) words.push(word)
  return words
}

const text = fc.string({
  unit: fc.constantFrom(...' "\'\\%$`;&|<>~*?#()=abé网'),
  minLength: 0,
  maxLength: 12,
})

describe('an entry', () => {
  it('starts what was meant, and reads back so, whatever characters that has', () => {
    fc.assert(
      fc.property(text, text, (folder, argument) => {
        const words = [`/opt/${folder.replaceAll('=', '')}/moltbot`, argument, '--no-open']
        const [file = '', ...args] = words
        const entry = desktopEntry({ file, args, opens: 'app' })
        const viaEnv = file.includes('%') ? ['/usr/bin/env'] : []
        expect(startedBy(entry)).toEqual([...viaEnv, ...words])
        expect(readExec(readDesktopEntry(entry).get('Exec') ?? '')).toEqual(words)
        expect(isUnedited(entry)).toBe(true)
      }),
    )
  })

  it('has four backslashes for one', () => {
    expect(desktopEntry({ file: '/a\\b', args: [], opens: 'app' })).toContain('\nExec="/a\\\\\\\\b"\n')
  })

  it.each([
    ['/opt/a=b/moltbot', 'with "="'],
    ['/opt/a\nb/moltbot', 'line end'],
    ['/opt/a\u0007/moltbot', 'control character'],
  ])('is not made for %j', (file, why) => {
    expect(whyNotStartable({ file, args: [], opens: 'app' })).toContain(why)
  })

  it.each([
    ['', true],
    ['Hidden=true', false],
    ['Hidden=false', true],
    ['X-GNOME-Autostart-enabled=false', false],
    ['OnlyShowIn=KDE;', false],
    ['OnlyShowIn=KDE;GNOME;', true],
    ['NotShowIn=GNOME;', false],
    ['NotShowIn=KDE', true],
    ['[Desktop Action x]\nHidden=true', true],
  ])('with %j is started by an Ubuntu desktop: %s', (line, isIt) => {
    const keys = readDesktopEntry(`# a comment\n[Desktop Entry]\nExec=/x\n${line}\n`)
    expect(isStarted(keys, 'ubuntu:GNOME')).toBe(isIt)
  })

  it('counts as edited once more than its switches differ', () => {
    const entry = desktopEntry({ file: '/opt/moltbot', args: ['--no-open'], opens: 'app' })
    expect(isUnedited(entry.replace('enabled=true', 'enabled=false'))).toBe(true)
    expect(isUnedited(`${entry}Hidden=true\n`)).toBe(true)
    expect(isUnedited(entry.replace('X-Moltbot', 'X-GNOME-Autostart-Delay=9\nX-Moltbot'))).toBe(false)
    expect(isUnedited(entry.replace('Name=Moltbot', 'Name=Mine'))).toBe(false)
  })
})
