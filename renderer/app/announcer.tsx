import { useGateway } from '../features/overview/gateway-store.ts'
import { useSession } from '../features/session/session-store.ts'
import { useWording } from '../wording.ts'

/** Tells a screen reader each change of state, and nothing else: no seconds, no figures. */
export function Announcer() {
  const { t } = useWording()
  const stateName = useGateway((store) => store.view?.state.name)
  const isLost = useSession((store) => store.connection.name === 'lost')
  return (
    <p className="unseen" role="status" aria-live="polite">
      {isLost
        ? `${t('connection.lostWord')}: ${t('connection.lostReason')}`
        : stateName && t('frame.announce', { word: t(`state.word.${stateName}`) })}
    </p>
  )
}
