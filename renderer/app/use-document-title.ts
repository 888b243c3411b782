import { useEffect } from 'react'
import { useGateway } from '../features/overview/gateway-store.ts'
import { useSession } from '../features/session/session-store.ts'
import { useWording } from '../wording.ts'
import { usePage } from './use-page.ts'

/** State and page in the tab's title, where they are seen from other tabs. */
export function useDocumentTitle(): void {
  const { t } = useWording()
  const stateName = useGateway((store) => store.view?.state.name)
  const connection = useSession((store) => store.connection.name)
  const page = usePage()
  useEffect(() => {
    const word =
      connection === 'lost'
        ? t('connection.lostWord')
        : connection === 'connected' && stateName && t(`state.word.${stateName}`)
    if (!word) document.title = t('frame.plainTitle')
    else if (page === 'overview') document.title = t('frame.title', { state: word })
    else document.title = t('frame.pageTitle', { state: word, page: t(`page.${page}`) })
  }, [t, stateName, connection, page])
}
