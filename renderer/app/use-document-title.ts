import { useEffect } from 'react'
import { useGateway } from '../features/overview/gateway-store.ts'
import { useSession } from '../features/session/session-store.ts'
import { useWording } from '../wording.ts'

/** The state in the tab's title, where it is seen from other tabs. */
export function useDocumentTitle(): void {
  const { t } = useWording()
  const stateName = useGateway((store) => store.view?.state.name)
  const connection = useSession((store) => store.connection.name)
  useEffect(() => {
    const word =
      connection === 'lost'
        ? t('connection.lostWord')
        : connection === 'connected' && stateName && t(`state.word.${stateName}`)
    document.title = word ? t('frame.title', { state: word }) : t('frame.plainTitle')
  }, [t, stateName, connection])
}
