import type { ReactNode } from 'react'
import { isUp, pidOf } from '../../../shared/gateway-state.ts'
import type { GatewayView } from '../../../shared/host-api.ts'
import { formatDuration } from '../../../shared/wording/format.ts'
import { useSecond } from '../../clock.ts'
import { useWording } from '../../wording.ts'
import './facts.css'

/** Figures of the process. An uptime that may have ended does not go on counting. */
export function Facts({ view, isCurrent }: { view: GatewayView; isCurrent: boolean }) {
  const { t } = useWording()
  const { state, version, port, crashes } = view
  const none = t('overview.none')
  // Since when another's has run, we do not know.
  const since = isUp(state) && state.name !== 'adopted' && 'since' in state && isCurrent ? state.since : null
  return (
    <dl className="facts" aria-label={t('overview.facts')}>
      <Fact label={t('overview.uptime')}>{since === null ? none : <Uptime since={since} />}</Fact>
      <Fact label={t('overview.version')}>{version ?? none}</Fact>
      <Fact label={t('overview.port')}>{port}</Fact>
      <Fact label={t('overview.pid')}>{pidOf(state) ?? none}</Fact>
      <Fact label={t('overview.crashes')} hint={t('overview.crashesHint')}>
        {crashes}
      </Fact>
    </dl>
  )
}

function Fact({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="fact" title={hint}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Uptime({ since }: { since: number }) {
  return formatDuration(useWording().language, useSecond() - since)
}
