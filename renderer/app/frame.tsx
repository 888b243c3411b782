import type { ReactNode } from 'react'
import mark from '../../assets/icons/moltbot.svg'
import type { GatewayView } from '../../shared/host-api.ts'
import { useToldJobs } from '../features/backups/use-told-jobs.ts'
import { JobsStrip } from '../features/jobs/jobs-strip.tsx'
import { useGateway } from '../features/overview/gateway-store.ts'
import { useToldUpdates } from '../features/updates/use-told-updates.ts'
import { Icon } from '../parts/icon.tsx'
import type { Connection } from '../transport/connection.ts'
import { useWording } from '../wording.ts'
import { PageArea } from './page-area.tsx'
import { addressOf, type PageName, pages } from './pages.ts'
import { StateLine } from './state-line.tsx'
import './frame.css'

type FrameProps = {
  page: PageName
  /** Null until the host has answered. */
  view: GatewayView | null
  connection: Connection
  children: ReactNode
}

/** What stands around every page. */
export function Frame({ page, view, connection, children }: FrameProps) {
  const { t } = useWording()
  const told = new Set([...useToldJobs(page === 'backups'), ...useToldUpdates(page === 'updates')])
  const version = useGateway((store) => store.host?.version)
  return (
    <div className="frame" data-stale={view !== null && connection.name !== 'connected'}>
      {/* No link: the address's hash names the page that is open. */}
      <button type="button" className="skip" onClick={() => document.getElementById('page')?.focus()}>
        {t('frame.skip')}
      </button>
      <header className="frame-top">
        <div className="frame-brand">
          <img src={mark} width="20" height="20" alt="" />
          <span>{t('frame.plainTitle')}</span>
        </div>
        {view ? <StateLine state={view.state} connection={connection} /> : <div className="state-line" />}
      </header>
      <div className="frame-jobs">
        <JobsStrip told={told} />
      </div>
      <nav className="frame-nav" aria-label={t('frame.pages')}>
        <ul>
          {pages.map(({ name, icon }) => (
            <li key={name}>
              <a
                href={addressOf(name)}
                aria-current={name === page ? 'page' : undefined}
                title={t(`page.${name}`)}
              >
                <Icon name={icon} />
                <span>{t(`page.${name}`)}</span>
              </a>
            </li>
          ))}
        </ul>
        {version && <p className="frame-version">{t('frame.hostVersion', { version })}</p>}
      </nav>
      <PageArea key={page} page={page}>
        {children}
      </PageArea>
    </div>
  )
}
