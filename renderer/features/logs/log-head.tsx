import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { useWording } from '../../wording.ts'
import { useLog } from './log-store.ts'

/** Above the oldest row: the way to earlier lines, or that there are none. */
export function LogHead({ heightPx }: { heightPx: number }) {
  const { t } = useWording()
  const { logs } = useCommands()
  const hasBeginning = useLog((log) => log.hasBeginning)
  const isLoading = useLog((log) => log.isLoadingEarlier)
  const isBare = useLog(({ book }) => book.isCleared || book.first === book.end)
  if (isBare) return null
  return (
    <div className="log-head" style={{ height: heightPx }}>
      {hasBeginning ? (
        <span>{t('logs.beginning')}</span>
      ) : (
        <Button kind="quiet" busy={isLoading} onPress={() => logs.loadEarlier()}>
          {t(isLoading ? 'logs.earlierLoading' : 'logs.earlier')}
        </Button>
      )}
    </div>
  )
}
