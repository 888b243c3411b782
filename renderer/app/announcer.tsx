import { faceOf } from '../../shared/gateway-state.ts'
import { useGateway } from '../features/overview/gateway-store.ts'
import { useSession } from '../features/session/session-store.ts'
import { useWording } from '../wording.ts'

/** Tells a screen reader each change of state, and nothing else: no seconds, no figures. */
export function Announcer() {
  const { t } = useWording()
  const face = useGateway((store) => store.view && faceOf(store.view.state))
  const isLost = useSession((store) => store.connection.name === 'lost')
  return (
    <p className="unseen" role="status" aria-live="polite">
      {isLost
        ? `${t('connection.lostWord')}: ${t('connection.lostReason')}`
        : face && t('frame.announce', { word: t(`state.word.${face}`) })}
    </p>
  )
}
