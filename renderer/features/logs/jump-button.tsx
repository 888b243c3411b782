import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useWording } from '../../wording.ts'
import { useLog } from './log-store.ts'
import { useLogView } from './log-view-store.ts'
import { countBelow } from './sorted-numbers.ts'
import { useShown } from './use-shown.ts'

/** For who has scrolled up or paused: how much is new, and the way to it. */
export function JumpButton() {
  const { t } = useWording()
  const { logs } = useCommands()
  const { numbers } = useShown()
  const isBehind = useLog((log) => log.isBehind)
  const { isFollowing, pausedAt, seenEnd } = useLogView()
  if (isFollowing && pausedAt === null) return null
  const count = numbers.length - countBelow(numbers, isFollowing ? (pausedAt ?? Infinity) : seenEnd)
  const jump = () => {
    if (isBehind) logs.readNewest()
    useLogView.getState().follow()
  }
  return (
    <div className="log-jump">
      <Button onPress={jump}>
        <Icon name="newest" />
        {count === 0 ? t('logs.jump') : t(isBehind ? 'logs.jumpMore' : 'logs.jumpNew', { count })}
      </Button>
    </div>
  )
}
