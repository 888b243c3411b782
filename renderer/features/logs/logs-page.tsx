import { useEffect, useRef } from 'react'
import type { GatewayView } from '../../../shared/host-api.ts'
import { useCommands } from '../../commands.ts'
import type { Connection } from '../../transport/connection.ts'
import { useWording } from '../../wording.ts'
import { LostNotice } from '../session/lost-notice.tsx'
import { JumpButton } from './jump-button.tsx'
import { LogActs } from './log-acts.tsx'
import { LogDetail } from './log-detail.tsx'
import { LogFooter } from './log-footer.tsx'
import { LogLevels } from './log-levels.tsx'
import { LogList } from './log-list.tsx'
import { LogNothing } from './log-nothing.tsx'
import { LogPath } from './log-path.tsx'
import { LogSearch } from './log-search.tsx'
import { useLog } from './log-store.ts'
import { LogTrouble } from './log-trouble.tsx'
import { useShown } from './use-shown.ts'
import './log-tools.css'
import './logs-page.css'

/** The gateway's log: what it has written, and what it is writing now. */
export function LogsPage({ view, connection }: { view: GatewayView; connection: Connection }) {
  const { t } = useWording()
  const { logs } = useCommands()
  const scroller = useRef<HTMLDivElement>(null)
  const path = useLog((log) => log.path)
  const { count } = useShown()
  useEffect(() => logs.watch(), [logs])
  return (
    <div className="logs">
      <header className="logs-head">
        <h1>{t('page.logs')}</h1>
        {path !== null && <LogPath path={path} />}
        <LogActs />
      </header>
      <div className="logs-tools">
        <LogSearch />
        <LogLevels />
      </div>
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      <LogTrouble />
      <div className="logs-body">
        <LogList scroller={scroller} />
        {count === 0 && <LogNothing state={view.state} />}
        <JumpButton />
      </div>
      <LogDetail />
      <LogFooter state={view.state} />
    </div>
  )
}
