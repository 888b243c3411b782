import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useCopying } from '../../parts/use-copying.ts'
import { useWording } from '../../wording.ts'
import { copiedLines } from './copy-text.ts'
import { useLog } from './log-store.ts'
import { useLogView, useSelection } from './log-view-store.ts'
import { countBelow } from './sorted-numbers.ts'
import { useShown } from './use-shown.ts'

/** What can be done with the log as a whole. */
export function LogActs() {
  const { t } = useWording()
  const book = useLog((log) => log.book)
  const clear = useLog((log) => log.clear)
  const isPaused = useLogView((view) => view.pausedAt !== null)
  const { count } = useShown()
  return (
    <div className="log-acts">
      <Button
        label={t(isPaused ? 'logs.resume' : 'logs.pause')}
        hint={t(isPaused ? 'logs.resume' : 'logs.pauseHint')}
        onPress={() => {
          if (isPaused) useLogView.getState().resume()
          else useLogView.getState().pause(book.end)
        }}
      >
        <Icon name={isPaused ? 'start' : 'pause'} />
        <span className="log-act-word">{t(isPaused ? 'logs.resume' : 'logs.pause')}</span>
      </Button>
      <CopyLines />
      <Button label={t('logs.clear')} hint={t('logs.clearHint')} busy={count === 0} onPress={clear}>
        <Icon name="clear" />
        <span className="log-act-word">{t('logs.clear')}</span>
      </Button>
    </div>
  )
}

/** Copies the selected lines; without a selection of several, all that are shown. */
function CopyLines() {
  const { t } = useWording()
  const book = useLog((log) => log.book)
  const { numbers, count } = useShown()
  const selection = useSelection()
  const { copying, copy } = useCopying()
  const from = selection ? countBelow(numbers, selection.from) : 0
  const to = selection ? countBelow(numbers, selection.to + 1) : count
  const isSelected = selection !== null && to > from
  const words = isSelected ? t('logs.copySelected', { count: to - from }) : t('logs.copyShown')
  const said = { idle: words, copied: t('act.copied'), refused: t('logs.copyFailed') }[copying]
  return (
    <Button
      label={said}
      hint={isSelected ? words : t('logs.copyShownHint')}
      busy={to === from}
      onPress={() => copy(copiedLines(book, numbers.slice(from, to)))}
    >
      <Icon name="copy" />
      <span className="log-act-word" aria-live="polite">
        {said}
      </span>
    </Button>
  )
}
