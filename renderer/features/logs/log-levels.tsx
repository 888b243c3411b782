import { writtenLevels } from '../../../shared/log.ts'
import { useWording } from '../../wording.ts'
import type { LevelKey } from './log-filter.ts'
import { useLog } from './log-store.ts'

const levels: readonly LevelKey[] = [...writtenLevels, 'other']

/** A switch for each level there are lines of; lines without one have their own. */
export function LogLevels() {
  const { language, t } = useWording()
  const { book, filter: apply } = useLog()
  const { filter, counts } = book
  const { hiddenLevels } = filter
  const present = levels.filter((level) => (counts[level] ?? 0) > 0 || hiddenLevels.has(level))
  return (
    <fieldset className="log-levels">
      <legend className="unseen">{t('logs.levels')}</legend>
      {present.map((level) => {
        const count = counts[level] ?? 0
        const isShown = !hiddenLevels.has(level)
        return (
          <button
            key={level}
            type="button"
            className="log-level-switch"
            data-level={level}
            aria-pressed={isShown}
            aria-label={t('logs.levelCount', { level: t(`logs.level.${level}`), count })}
            onClick={() => {
              const hidden = new Set(hiddenLevels)
              if (isShown) hidden.add(level)
              else hidden.delete(level)
              apply({ ...filter, hiddenLevels: hidden })
            }}
          >
            <span className="log-level-name">{t(`logs.level.${level}`)}</span>
            <span className="log-level-count">{count.toLocaleString(language)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
