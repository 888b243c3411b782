import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useWording } from '../../wording.ts'
import { useLog } from './log-store.ts'
import { useMatches } from './use-matches.ts'

/** Plain text in either case: marks the matches and goes from one to the next, or hides all else. */
export function LogSearch() {
  const { t } = useWording()
  const field = useRef<HTMLInputElement>(null)
  const { book, filter: apply } = useLog()
  const { query, onlyMatching } = book.filter
  const { said, total, goOn } = useMatches()
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return
      event.preventDefault()
      field.current?.select()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])
  const search = (text: string) => apply({ ...book.filter, query: text })
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter') goOn(event.shiftKey)
    else if (event.key === 'Escape') search('')
    else return
    event.preventDefault()
  }
  return (
    <search className="log-search">
      <div className="log-search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          value={query}
          placeholder={t('logs.search')}
          aria-label={t('logs.search')}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => search(event.target.value)}
          onKeyDown={pressed}
        />
        {query !== '' && (
          <>
            <span className="log-search-found">{said}</span>
            <Button
              kind="icon"
              label={t('logs.clearSearch')}
              onPress={() => {
                search('')
                field.current?.focus()
              }}
            >
              <Icon name="close" />
            </Button>
          </>
        )}
      </div>
      {query !== '' && (
        <div className="log-search-acts">
          <Button kind="icon" label={t('logs.previousMatch')} busy={total === 0} onPress={() => goOn(true)}>
            <Icon name="up" />
          </Button>
          <Button kind="icon" label={t('logs.nextMatch')} busy={total === 0} onPress={() => goOn(false)}>
            <Icon name="down" />
          </Button>
          <Button
            hint={t('logs.onlyMatchingHint')}
            pressed={onlyMatching}
            onPress={() => apply({ ...book.filter, onlyMatching: !onlyMatching })}
          >
            {t('logs.onlyMatching')}
          </Button>
        </div>
      )}
      <FoundAnnouncer said={query === '' ? '' : said} isSettled={!book.isFiltering} query={query} />
    </search>
  )
}

/** Tells a screen reader what a search found: once a search, not with every line that arrives. */
function FoundAnnouncer({ said, isSettled, query }: { said: string; isSettled: boolean; query: string }) {
  const place = useRef<HTMLParagraphElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` changes with each new line, and that is not news
  useEffect(() => {
    if (!isSettled) return
    const timer = setTimeout(() => {
      if (place.current) place.current.textContent = said
    }, settledMs)
    return () => clearTimeout(timer)
  }, [isSettled, query])
  return <p className="unseen" aria-live="polite" ref={place} />
}

const settledMs = 600
