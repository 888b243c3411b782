import { execFile } from 'node:child_process'

export type ToolOutcome =
  | { readonly ok: true; readonly stdout: string }
  /** `code` is null where it could not be started, or was ended for being late. */
  | { readonly ok: false; readonly code: number | null; readonly detail: string }

/** Runs one command of the operating system, in English and never longer than `limitMs`. Never rejects. */
export function runTool(
  file: string,
  args: readonly string[],
  { env, limitMs }: { readonly env: NodeJS.ProcessEnv; readonly limitMs: number },
): Promise<ToolOutcome> {
  return new Promise((resolve) => {
    const options = { env: { ...env, LC_ALL: 'C' }, timeout: limitMs, killSignal: 'SIGKILL' } as const
    execFile(file, [...args], options, (error, stdout, stderr) => {
      if (!error) return resolve({ ok: true, stdout })
      const isLate = error.killed === true
      const said = lastLine(stderr) ?? lastLine(stdout) ?? `exit code ${error.code ?? error.signal}`
      const code = typeof error.code === 'number' ? error.code : null
      const detail = isLate ? `no answer within ${limitMs} ms` : code === null ? `${error.code}` : said
      resolve({ ok: false, code, detail })
    })
  })
}

function lastLine(text: string): string | null {
  return text.trim().split('\n').at(-1)?.trim() || null
}
