/** Stands for the place behind the last item of a list: `dns[]`. */
export const append = Symbol('append')

/** A step may be written in digits and mean an item or a name: what it leads through decides. */
export type KeyStep = string | number | typeof append

export type ParsedKey =
  | { readonly ok: true; readonly steps: readonly KeyStep[] }
  | { readonly ok: false; readonly detail: string }

const part = /\.?([^.[\]"'\s]+)|\[(?:(\d{1,6})|("(?:[^"\\]|\\.)*")|'([^']*)'|())\]/y

/** `gateway.port`, `agents.list[0].id`, `agents.list.0.id`, `dns[]`, `channels["a.b"].enabled`. */
export function parseKey(key: string): ParsedKey {
  const text = key.trim()
  const steps: KeyStep[] = []
  if (text === '') return { ok: false, detail: 'It is empty' }
  if (text.length > maxLength) return { ok: false, detail: `It has more than ${maxLength} characters` }
  part.lastIndex = 0
  while (part.lastIndex < text.length) {
    const at = part.lastIndex
    const match = part.exec(text)
    const [written, name, index, doubled, single] = match ?? []
    const isMisplaced = name !== undefined && (at === 0) === (written?.startsWith('.') ?? false)
    if (!match || isMisplaced)
      return { ok: false, detail: `Nothing of a key stands at its character ${at + 1}` }
    if (name !== undefined) steps.push(name)
    else if (index !== undefined) steps.push(Number(index))
    else if (doubled !== undefined) {
      const quoted = unquoted(doubled)
      if (quoted === null) return { ok: false, detail: `The quotes at its character ${at + 1} hold no text` }
      steps.push(quoted)
    } else steps.push(single ?? append)
  }
  return { ok: true, steps }
}

const maxLength = 1000

function unquoted(written: string): string | null {
  try {
    return String(JSON.parse(written))
  } catch {
    return null
  }
}

/** As {@link parseKey} reads it; names with dots and the like are put in quotes. */
export function writeKey(steps: readonly KeyStep[]): string {
  let text = ''
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`
    else if (step === append) text += '[]'
    else if (/^[^.[\]"'\s]+$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}
