import { escapeControls } from '../../shared/wording/escape-controls.ts'

export interface Progress {
  show(word: string): void
  clear(): void
}

type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>

/** One line that replaces itself while a person waits; silent where nobody looks. */
export function createProgress(terminal: Terminal, isWanted: boolean): Progress {
  const isShown = isWanted && terminal.isTTY
  let last = ''
  return {
    show(word) {
      if (!isShown || word === last) return
      last = word
      terminal.write(`\r\u001b[K${escapeControls(word)}…`)
    },
    clear() {
      if (last !== '') terminal.write('\r\u001b[K')
      last = ''
    },
  }
}
