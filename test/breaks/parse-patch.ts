/** A patch of one guard. */
export interface Break {
  readonly guard: string
  readonly spec: string
  /** Pattern of test names, as `vitest -t` takes it. */
  readonly testName: string | null
  readonly needsBuild: boolean
  readonly files: readonly FilePatch[]
}

export interface FilePatch {
  readonly path: string
  readonly hunks: readonly Hunk[]
}

/** Lines as they are, and as they become. */
export interface Hunk {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** @throws Error saying what is wrong with the text */
export function parsePatch(text: string): Break {
  const lines = text.split('\n')
  const header = (name: string): string | null =>
    lines
      .find((line) => line.startsWith(`# ${name}: `))
      ?.slice(name.length + 4)
      .trim() ?? null
  const guard = header('guard')
  const spec = header('spec')
  if (guard === null || spec === null) throw new Error('the header lacks "# guard: …" or "# spec: …"')
  const files = parseFiles(lines)
  if (files.length === 0) throw new Error('it changes no file')
  return { guard, spec, testName: header('name'), needsBuild: header('needs') === 'build', files }
}

function parseFiles(lines: readonly string[]): FilePatch[] {
  const files: { path: string; hunks: { before: string[]; after: string[] }[] }[] = []
  let oldLeft = 0
  let newLeft = 0
  for (const line of lines) {
    const file = files.at(-1)
    const hunk = file?.hunks.at(-1)
    if (hunk !== undefined && (oldLeft > 0 || newLeft > 0)) {
      const [mark, rest] = [line[0] ?? ' ', line.slice(1)]
      if (!' -+'.includes(mark)) throw new Error(`not a line of a hunk: "${line}"`)
      if (mark !== '+') hunk.before.push(rest)
      if (mark !== '-') hunk.after.push(rest)
      oldLeft -= mark === '+' ? 0 : 1
      newLeft -= mark === '-' ? 0 : 1
    } else if (line.startsWith('+++ ')) {
      files.push({ path: line.slice(4).replace(/^b\//, '').trimEnd(), hunks: [] })
    } else if (line.startsWith('@@ ')) {
      const counts = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line)
      if (counts === null || file === undefined) throw new Error(`not the head of a hunk: "${line}"`)
      oldLeft = Number(counts[1] ?? 1)
      newLeft = Number(counts[2] ?? 1)
      file.hunks.push({ before: [], after: [] })
    }
  }
  if (oldLeft > 0 || newLeft > 0) throw new Error('its last hunk is cut short')
  return files
}
