import { FitAddon } from '@xterm/addon-fit'
import { type ITheme, Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { pastedText } from './pasted-text.ts'
import type { TerminalSize } from './terminal-talk.ts'

interface ScreenParts {
  /** What is typed, pasted, or answered to a program's question. */
  typed(text: string): void
  resized(size: TerminalSize): void
  selected(hasSelection: boolean): void
  /** The keys that lead out of the terminal. */
  left(): void
}

const keptLines = 5_000
/** Of the sequences that programs send by themselves: title, working folder, links, notices, clipboard, files. */
const refusedCommands = [0, 1, 2, 7, 8, 9, 52, 99, 133, 633, 777, 1337]

/**
 * The screen of one terminal. Whatever a program prints, it changes only what is seen here: links are plain
 * text, and title, clipboard, files and notices are left alone.
 */
export class TerminalScreen {
  readonly #terminal: Terminal
  readonly #fit = new FitAddon()
  readonly #parts: ScreenParts
  /** Stays while the page shows something else. */
  readonly #frame = document.createElement('div')
  #isDrawn = false

  constructor(parts: ScreenParts) {
    this.#parts = parts
    this.#frame.className = 'terminal-frame'
    // In whichever language its programs speak.
    this.#frame.lang = ''
    this.#terminal = new Terminal({
      allowProposedApi: false,
      cursorBlink: false,
      scrollback: keptLines,
      // A program's colours were chosen for a background that it cannot know.
      minimumContrastRatio: 4.5,
      linkHandler: { activate: () => {}, allowNonHttpProtocols: false },
      logLevel: 'off',
    })
    const terminal = this.#terminal
    terminal.loadAddon(this.#fit)
    for (const command of refusedCommands) terminal.parser.registerOscHandler(command, () => true)
    terminal.onData((text) => parts.typed(text))
    terminal.onResize(({ cols, rows }) => parts.resized({ cols, rows })) // it tells more than that
    terminal.onSelectionChange(() => parts.selected(terminal.hasSelection()))
    this.#frame.addEventListener('paste', (event) => this.#paste(event), { capture: true })
    terminal.attachCustomKeyEventHandler((event) => this.#isForTerminal(event))
  }

  /** Puts the screen into the page and fits it there. Returns the function that takes it out. */
  attach(place: HTMLElement, words: { input: string; tooMuch: string }): () => void {
    Terminal.strings.promptLabel = words.input
    Terminal.strings.tooMuchOutput = words.tooMuch
    place.append(this.#frame)
    if (!this.#isDrawn) this.#terminal.open(this.#frame)
    this.#isDrawn = true
    this.look()
    const refit = () => {
      // While its page is being taken away it has no size.
      if (place.clientWidth > 0 && place.clientHeight > 0) this.#fit.fit()
    }
    refit()
    const sized = new ResizeObserver(refit)
    sized.observe(place)
    const themed = new MutationObserver(() => this.look())
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(max-width: 559px)'].map(
      (query) => matchMedia(query),
    )
    const looked = () => this.look()
    for (const query of queries) query.addEventListener('change', looked)
    return () => {
      sized.disconnect()
      themed.disconnect()
      for (const query of queries) query.removeEventListener('change', looked)
      this.#frame.remove()
    }
  }

  get size(): TerminalSize {
    return { cols: this.#terminal.cols, rows: this.#terminal.rows }
  }

  /** Takes colours and letters of the page as they are now. */
  look(): void {
    const style = getComputedStyle(this.#frame)
    this.#terminal.options.fontFamily = style.fontFamily
    this.#terminal.options.fontSize = Number.parseFloat(style.fontSize)
    this.#terminal.options.theme = themeOf(style)
  }

  show(text: string, shown: () => void): void {
    this.#terminal.write(text, shown)
  }

  focus(): void {
    this.#terminal.focus()
  }

  clear(): void {
    this.#terminal.clear()
  }

  get selection(): string {
    return this.#terminal.getSelection()
  }

  readAloud(isOn: boolean): void {
    this.#terminal.options.screenReaderMode = isOn
  }

  /** Shows what it has, and takes nothing in any more. */
  freeze(): void {
    this.#terminal.options.disableStdin = true
    this.#terminal.write('\u001b[?25l')
  }

  dispose(): void {
    this.#terminal.dispose()
    this.#frame.remove()
  }

  /** Without what could end the brackets that tell a shell what was pasted, and then act as if it had been typed. */
  #paste(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopPropagation()
    this.#terminal.paste(pastedText(event.clipboardData?.getData('text/plain') ?? ''))
  }

  #isForTerminal(event: KeyboardEvent): boolean {
    const isChord = event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey
    if (!isChord) return true
    if (event.code === 'KeyC') {
      // Otherwise the browser would open its developer tools.
      event.preventDefault()
      if (event.type === 'keydown' && this.selection) void navigator.clipboard.writeText(this.selection)
      return false
    }
    // The browser pastes by itself, and the terminal hears of it.
    if (event.code === 'KeyV') return false
    if (event.code !== 'ArrowUp') return true
    event.preventDefault()
    if (event.type === 'keydown') this.#parts.left()
    return false
  }
}

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

/** The page's tokens, which a canvas or a generated style sheet cannot read by itself. */
function themeOf(style: CSSStyleDeclaration): ITheme {
  const read = (name: string) => style.getPropertyValue(name).trim()
  const theme: Record<string, string> = {
    background: read('--page'),
    foreground: read('--text'),
    cursor: read('--accent'),
    cursorAccent: read('--page'),
    selectionBackground: read('--terminal-selection'),
    scrollbarSliderBackground: read('--line-strong'),
    scrollbarSliderHoverBackground: read('--control'),
    scrollbarSliderActiveBackground: read('--control'),
  }
  for (const name of colours) {
    theme[name] = read(`--terminal-${name}`)
    theme[`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`] = read(`--terminal-bright-${name}`)
  }
  return theme
}
