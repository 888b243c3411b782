import type { GatewayState } from '../../../shared/gateway-state.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { useShown } from './use-shown.ts'

/** How much there is, and whether it stays up to date. */
export function LogFooter({ state }: { state: GatewayState }) {
  const { language, t } = useWording()
  const { book, isBehind, showAgain } = useLog()
  const { isFollowing, pausedAt } = useLogView()
  const { count } = useShown()
  const total = book.end - book.first - book.cleared
  const isDown = state.name === 'stopped' || state.name === 'failed' || state.name === 'backingOff'
  const mode = pausedAt !== null ? 'paused' : isFollowing ? 'following' : 'held'
  return (
    <footer className="log-footer">
      <span className="log-footer-count">
        {count === total
          ? t('logs.count', { count: total })
          : t('logs.shownOf', {
              shown: count.toLocaleString(language),
              total: total.toLocaleString(language),
            })}
      </span>
      {book.isCleared && (
        <span className="log-footer-cleared">
          {t('logs.cleared', { count: book.cleared })}{' '}
          <Button kind="quiet" onPress={showAgain}>
            {t('logs.showAgain')}
          </Button>
        </span>
      )}
      <span className="log-footer-mode" data-mode={mode} aria-live="polite">
        {isBehind ? t('logs.waiting') : isDown ? t('logs.gatewayStopped') : t(`logs.${mode}`)}
      </span>
    </footer>
  )
}
