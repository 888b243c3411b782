import { problem } from '../../../shared/problem.ts'
import { formatClock } from '../../../shared/wording/format.ts'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWording } from '../../wording.ts'

/** Above a page whose facts are no longer current. `since`: when the host was last heard. */
export function LostNotice({ since }: { since: number }) {
  const { language, t } = useWording()
  const { reconnect } = useCommands()
  return (
    <div className="lost">
      <Notice problem={problem('CONNECTION_LOST', {})}>
        <Button onPress={reconnect}>{t('act.tryNow')}</Button>
      </Notice>
      <p className="lost-known">{t('connection.lastKnown', { at: formatClock(language, since) })}</p>
    </div>
  )
}
