import { Suspense } from 'react'
import { problem } from '../../shared/problem.ts'
import { useCommands } from '../commands.ts'
import { useGateway } from '../features/overview/gateway-store.ts'
import { ProblemPage } from '../features/session/problem-page.tsx'
import { SessionPage } from '../features/session/session-page.tsx'
import { useSession } from '../features/session/session-store.ts'
import { Button } from '../parts/button.tsx'
import { FaultBoundary } from '../parts/fault-boundary.tsx'
import { useWording } from '../wording.ts'
import { Announcer } from './announcer.tsx'
import { Frame } from './frame.tsx'
import {
  BackupsPage,
  HealthPage,
  LogsPage,
  SecretsPage,
  SettingsPage,
  TerminalPage,
  UpdatesPage,
} from './later-pages.ts'
import { OverviewPage } from './overview-page.tsx'
import { useDocumentTitle } from './use-document-title.ts'
import { usePage } from './use-page.ts'

/** Which page there is to show, from the connection and what is known. */
export function App() {
  useDocumentTitle()
  return (
    <>
      <Shown />
      <Announcer />
    </>
  )
}

function Shown() {
  const { t } = useWording()
  const { reconnect } = useCommands()
  const connection = useSession((store) => store.connection)
  const view = useGateway((store) => store.view)
  const page = usePage()
  if (connection.name === 'sessionRequired') return <SessionPage problem={connection.problem} />
  if (connection.name === 'unreadable') {
    return (
      <ProblemPage problem={connection.problem}>
        <Button kind="primary" onPress={() => location.reload()}>
          {t('act.reload')}
        </Button>
      </ProblemPage>
    )
  }
  if (view) {
    return (
      <Frame page={page} view={view} connection={connection}>
        <FaultBoundary>
          {page === 'overview' && <OverviewPage view={view} isCurrent={connection.name === 'connected'} />}
          <Suspense>
            {page === 'logs' && <LogsPage view={view} connection={connection} />}
            {page === 'backups' && <BackupsPage />}
            {page === 'health' && <HealthPage />}
            {page === 'secrets' && <SecretsPage />}
            {page === 'terminal' && <TerminalPage />}
            {page === 'settings' && <SettingsPage />}
            {page === 'updates' && <UpdatesPage />}
          </Suspense>
        </FaultBoundary>
      </Frame>
    )
  }
  if (connection.name === 'lost') {
    return (
      <ProblemPage problem={problem('CONNECTION_LOST', {})}>
        <Button kind="primary" onPress={reconnect}>
          {t('act.tryNow')}
        </Button>
      </ProblemPage>
    )
  }
  // The frame at once: what it says is true before the host has answered, and the eye has where to look.
  return (
    <Frame page={page} view={null} connection={connection}>
      <p className="connecting">{t('connection.connecting')}</p>
    </Frame>
  )
}
