import { useEffect, useState } from 'react'
import { canStart, type GatewayState } from '../../../shared/gateway-state.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { everything } from './log-filter.ts'
import { useLog } from './log-store.ts'

const skeletonAfterMs = 300

/** In place of rows: still being read, nothing written, or nothing that fits. */
export function LogNothing({ state }: { state: GatewayState }) {
  const { t } = useWording()
  const commands = useCommands()
  const { book, hasRead, trouble, problem, filter, showAgain } = useLog()
  if (trouble !== null || problem) return null
  if (!hasRead) return <Skeleton />
  if (book.end === book.first) {
    return (
      <div className="log-nothing">
        <h2>{t('logs.empty.title')}</h2>
        <p>{t('logs.empty.why')}</p>
        {canStart(state) && (
          <>
            <p>{t('logs.empty.start')}</p>
            <Button kind="primary" onPress={() => void commands.gateway('start')}>
              {t('act.start')}
            </Button>
          </>
        )}
      </div>
    )
  }
  const isFiltered = book.filter.hiddenLevels.size > 0 || book.filter.onlyMatching
  return (
    <div className="log-nothing">
      <h2>{t('logs.none.title')}</h2>
      <p>{t(isFiltered ? 'logs.none.filtered' : 'logs.none.cleared')}</p>
      <Button onPress={() => (isFiltered ? filter(everything) : showAgain())}>
        {t(isFiltered ? 'logs.none.showAll' : 'logs.showAgain')}
      </Button>
    </div>
  )
}

/** Only where reading takes long enough to be noticed. */
function Skeleton() {
  const { t } = useWording()
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), skeletonAfterMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isSlow) return null
  return (
    <div className="log-skeleton">
      <p className="unseen" aria-live="polite">
        {t('logs.loading')}
      </p>
      {skeletonRows.map((percent) => (
        <span key={percent} style={{ width: `${percent}%` }} />
      ))}
    </div>
  )
}

const skeletonRows = [62, 48, 71, 55, 38, 66, 51, 44, 59]
