import { useEffect } from 'react'
import { faceOf } from '../../shared/gateway-state.ts'
import { useGateway } from '../features/overview/gateway-store.ts'
import { useSession } from '../features/session/session-store.ts'
import { useWording } from '../wording.ts'
import { usePage } from './use-page.ts'

/** State and page in the tab's title, where they are seen from other tabs. */
export function useDocumentTitle(): void {
  const { t } = useWording()
  const face = useGateway((store) => store.view && faceOf(store.view.state))
  const connection = useSession((store) => store.connection.name)
  const page = usePage()
  useEffect(() => {
    const word =
      connection === 'lost'
        ? t('connection.lostWord')
        : connection === 'connected' && face && t(`state.word.${face}`)
    if (!word) document.title = t('frame.plainTitle')
    else if (page === 'overview') document.title = t('frame.title', { state: word })
    else document.title = t('frame.pageTitle', { state: word, page: t(`page.${page}`) })
  }, [t, face, connection, page])
}
