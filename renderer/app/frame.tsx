import type { ReactNode } from 'react'
import mark from '../../assets/icons/moltbot.svg'
import type { GatewayView } from '../../shared/host-api.ts'
import { useGateway } from '../features/overview/gateway-store.ts'
import { Icon } from '../parts/icon.tsx'
import type { Connection } from '../transport/connection.ts'
import { useWording } from '../wording.ts'
import { pages } from './pages.ts'
import { StateLine } from './state-line.tsx'
import './frame.css'

type FrameProps = { view: GatewayView; connection: Connection; children: ReactNode }

/** What stands around every page. */
export function Frame({ view, connection, children }: FrameProps) {
  const { t } = useWording()
  const version = useGateway((store) => store.host?.version)
  return (
    <div className="frame" data-stale={connection.name !== 'connected'}>
      <a className="skip" href="#page">
        {t('frame.skip')}
      </a>
      <header className="frame-top">
        <div className="frame-brand">
          <img src={mark} width="20" height="20" alt="" />
          <span>{t('frame.plainTitle')}</span>
        </div>
        <StateLine state={view.state} connection={connection} />
      </header>
      <nav className="frame-nav" aria-label={t('frame.pages')}>
        <ul>
          {pages.map(({ name, icon }) => (
            <li key={name}>
              <a href="#page" aria-current="page" title={t(`page.${name}`)}>
                <Icon name={icon} />
                <span>{t(`page.${name}`)}</span>
              </a>
            </li>
          ))}
        </ul>
        {version && <p className="frame-version">{t('frame.hostVersion', { version })}</p>}
      </nav>
      <main className="frame-page" id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
