import { useWording } from '../../wording.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { useSession } from '../session/session-store.ts'
import { AppSection } from './app-section.tsx'
import { GatewaySection } from './gateway-section.tsx'
import { LookingSettings } from './looking-settings.tsx'
import { UpdatesAnswer } from './updates-answer.tsx'
import { useUpdates } from './updates-store.ts'
import '../../parts/page.css'
import './updates.css'

/** Is there something new, for the application and for the gateway, and what is done with it. */
export function UpdatesPage() {
  const { t } = useWording()
  const connection = useSession((store) => store.connection)
  const view = useUpdates((store) => store.view)
  if (!view) return null
  return (
    <div className="page updates">
      <h1>{t('page.updates')}</h1>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      <fieldset className="page-acts" disabled={connection.name !== 'connected'}>
        <UpdatesAnswer view={view} />
        <AppSection app={view.app} />
        <GatewaySection gateway={view.gateway} />
        <LookingSettings view={view} />
      </fieldset>
    </div>
  )
}
