import json5 from 'json5'

/** Offsets into the text, in UTF-16 units; `end` is behind the last one. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** From its name to the end of its value. */
export interface PlacedMember extends Place {
  readonly name: string
  readonly isQuoted: boolean
  readonly value: PlacedNode
}

export type PlacedNode = Place &
  (
    | { readonly kind: 'object'; readonly members: readonly PlacedMember[] }
    | { readonly kind: 'array'; readonly items: readonly PlacedNode[] }
    | { readonly kind: 'value' }
  )

export interface PlacedText {
  readonly root: PlacedNode
  /** In their order, with their marks. */
  readonly comments: readonly Place[]
}

/**
 * Where everything stands in a JSON5 text that the parser has accepted: that one says what is valid, this
 * only where it is, in one pass over the characters. Throws where the text is no JSON5 after all.
 */
export function placeJson5(text: string): PlacedText {
  const scan = new Scan(text)
  scan.space()
  const root = scan.node()
  scan.space()
  return { root, comments: scan.comments }
}

/** The first offset from `at` on that is neither space nor comment. */
export function skipSpace(text: string, at: number): number {
  const scan = new Scan(text, at)
  scan.space()
  return scan.at
}

const slash = 0x2f
const blank = /\s/
const lineEnd = /[\n\r\u2028\u2029]/g
const bareEnd = /[\s,:[\]{}/"']/g

class Scan {
  readonly comments: Place[] = []
  at: number
  private readonly text: string
  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code === slash) this.comment()
      else if (code === 0x20 || (code >= 9 && code <= 13)) this.at += 1
      else if (code > 0x7f && blank.test(this.text.charAt(this.at))) this.at += 1
      else return
    }
  }

  private comment(): void {
    const start = this.at
    if (this.text[start + 1] === '*') this.at = found(this.text.indexOf('*/', start + 2), start) + 2
    else this.at = nextOf(lineEnd, this.text, start)
    this.comments.push({ start, end: this.at })
  }

  node(): PlacedNode {
    const start = this.at
    switch (this.text[start]) {
      case '{': {
        const members = this.list('}', () => this.member())
        return { kind: 'object', start, end: this.at, members }
      }
      case '[': {
        const items = this.list(']', () => this.node())
        return { kind: 'array', start, end: this.at, items }
      }
      default:
        this.token()
        return { kind: 'value', start, end: this.at }
    }
  }

  private list<Part>(close: string, part: () => Part): Part[] {
    const parts: Part[] = []
    this.at += 1
    for (this.space(); this.text[this.at] !== close; this.space()) {
      parts.push(part())
      this.space()
      if (this.text[this.at] === ',') this.at += 1
      else if (this.text[this.at] !== close) throw unexpected(this.at)
    }
    this.at += 1
    return parts
  }

  private member(): PlacedMember {
    const start = this.at
    this.token()
    const written = this.text.slice(start, this.at)
    const isQuoted = written.startsWith('"') || written.startsWith("'")
    this.space()
    if (this.text[this.at] !== ':') throw unexpected(this.at)
    this.at += 1
    this.space()
    const value = this.node()
    return { name: nameOf(written, isQuoted), isQuoted, start, end: value.end, value }
  }

  /** A text with its quotes, or whatever has none: a number, a word, a bare name. */
  private token(): void {
    const start = this.at
    const quote = this.text[start]
    if (quote !== '"' && quote !== "'") {
      this.at = nextOf(bareEnd, this.text, start)
      if (this.at === start) throw unexpected(start)
      return
    }
    for (let at = start + 1; at < this.text.length; at += 1) {
      if (this.text[at] === '\\') at += 1
      else if (this.text[at] === quote) {
        this.at = at + 1
        return
      }
    }
    throw unexpected(start)
  }
}

function nameOf(written: string, isQuoted: boolean): string {
  if (!written.includes('\\')) return isQuoted ? written.slice(1, -1) : written
  return Object.keys(json5.parse(`{${written}:0}`)).join('')
}

function nextOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}

function found(at: number, start: number): number {
  if (at < 0) throw unexpected(start)
  return at
}

function unexpected(at: number): SyntaxError {
  return new SyntaxError(`Nothing of JSON5 stands at offset ${at}`)
}
