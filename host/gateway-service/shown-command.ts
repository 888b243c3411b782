import { isSecretKey } from '../checks/secret-key.ts'

/** A command of anybody's, for a person to read: what an option or variable that names a secret says is left out. */
export function shownCommand(words: readonly string[]): string {
  const shown = words.map((word, index) => {
    if (isSecretKey(words[index - 1] ?? '')) return '…'
    const [, option] = /^([\w-]+)=/.exec(word) ?? []
    if (option !== undefined && isSecretKey(option)) return `${option}=…`
    // A shell's whole command is one word. Every other piece is what separates two.
    const pieces = word.split(/(\s+|=)/)
    return pieces.map((piece, at) => (isSecretKey(pieces[at - 2] ?? '') ? '…' : piece)).join('')
  })
  return shown.join(' ')
}
