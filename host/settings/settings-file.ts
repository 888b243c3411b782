import { z } from 'zod'
import { type Problem, problem } from '../../shared/problem.ts'
import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts'
import { RecordFile } from '../records/record-file.ts'

const anyObject = z.record(z.string(), z.unknown())
const { language, theme, openAtStart, notifications } = settingsSchema.shape
const patientSchema = z.object({
  language: language.catch(defaultSettings.language),
  theme: theme.catch(defaultSettings.theme),
  openAtStart: openAtStart.catch(defaultSettings.openAtStart),
  notifications: notifications.catch(defaultSettings.notifications),
})

/**
 * The settings on disk. Read with patience: a member that is not understood counts as its default and
 * stays in the file, because a newer version may have written it; what is no object at all is set aside.
 */
export class SettingsFile {
  readonly #path: string
  readonly #record: RecordFile<Record<string, unknown>>
  #stored: Record<string, unknown> = {}
  #writing: Promise<unknown> = Promise.resolve()

  constructor(path: string) {
    this.#path = path
    this.#record = new RecordFile(path, anyObject)
  }

  async read(): Promise<{ settings: Settings; problem: Problem | null }> {
    try {
      const found = await this.#record.read()
      if (found.kind === 'setAside') {
        const { keptAt, detail } = found
        return { settings: defaultSettings, problem: problem('SETTINGS_SET_ASIDE', { keptAt, detail }) }
      }
      if (found.kind === 'found') this.#stored = found.value
      return { settings: patientSchema.parse(this.#stored), problem: null }
    } catch (error) {
      return { settings: defaultSettings, problem: this.#notWritten(error) }
    }
  }

  /** Writes the members given over what the file had. Resolves to what went wrong, or null. */
  write(change: Partial<Settings>): Promise<Problem | null> {
    this.#stored = { ...this.#stored, ...change }
    const written = this.#record.write(this.#stored).then(
      () => null,
      (error) => this.#notWritten(error),
    )
    this.#writing = written
    return written
  }

  /** Resolves after the last write asked for. */
  async settled(): Promise<void> {
    await this.#writing
  }

  #notWritten(error: unknown): Problem {
    const { code } = error as NodeJS.ErrnoException
    return problem('SETTINGS_NOT_WRITTEN', { path: this.#path, detail: code ?? String(error) })
  }
}
