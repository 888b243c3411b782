import { useEffect, useState } from 'react'
import { useCommands } from '../../commands.ts'
import { Button } from '../../parts/button.tsx'
import { focusOn } from '../../parts/focus-on.ts'
import { Group } from '../../parts/group.tsx'
import { useWording } from '../../wording.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { useSession } from '../session/session-store.ts'
import { AddSecret } from './add-secret.tsx'
import { MissingSecrets } from './missing-secrets.tsx'
import { RestartNeeded } from './restart-needed.tsx'
import { missingSecrets } from './secret-parts.ts'
import { SecretStoreLine } from './secret-store-line.tsx'
import { SecretTable } from './secret-table.tsx'
import { useSecrets } from './secrets-store.ts'
import '../../parts/page.css'
import './secrets.css'

const addId = 'secret-add'

/** What the gateway is given and nobody is shown: names, places and acts, never a value. */
export function SecretsPage() {
  const { t } = useWording()
  const { secrets } = useCommands()
  const connection = useSession((store) => store.connection)
  const view = useSecrets((store) => store.view)
  const [isAdding, setAdding] = useState(false)
  const isConnected = connection.name === 'connected'
  const isReady = view?.store.state === 'ready'
  useEffect(() => {
    // Files may have been edited by hand. A store that is locked is left alone: asking might open a window.
    if (isConnected && isReady) void secrets.look()
  }, [isConnected, isReady, secrets])
  if (!view) return null
  const missing = missingSecrets(view)
  const closeAdding = () => {
    setAdding(false)
    focusOn(addId)
    useSecrets.getState().forgetRefusal('add')
  }
  return (
    <div className="page secrets">
      <h1>{t('page.secrets')}</h1>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      <fieldset className="page-acts" disabled={!isConnected}>
        <SecretStoreLine store={view.store} />
        {view.restartNeeded && <RestartNeeded />}
        {missing.length > 0 && <MissingSecrets secrets={missing} />}
        <Group
          title={t('secrets.table')}
          acts={
            <Button
              id={addId}
              expanded={isAdding}
              onPress={() => (isAdding ? closeAdding() : setAdding(true))}
            >
              {t('secrets.act.add')}
            </Button>
          }
        >
          {isAdding && <AddSecret view={view} onClose={closeAdding} />}
          <SecretTable view={view} />
        </Group>
      </fieldset>
    </div>
  )
}
