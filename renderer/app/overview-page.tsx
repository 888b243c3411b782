import { useMemo } from 'react'
import { isUp } from '../../shared/gateway-state.ts'
import type { GatewayView } from '../../shared/host-api.ts'
import { historyMs } from '../../shared/metrics.ts'
import { useQuarterMinute } from '../clock.ts'
import { marksOf } from '../features/metrics/chart-marks.ts'
import { HourChart } from '../features/metrics/hour-chart.tsx'
import { Tiles } from '../features/metrics/tiles.tsx'
import { Answer } from '../features/overview/answer.tsx'
import { Facts } from '../features/overview/facts.tsx'
import { Round } from '../features/round/round.tsx'
import { LostNotice } from '../features/session/lost-notice.tsx'
import { useSession } from '../features/session/session-store.ts'
import { Timeline } from '../features/timeline/timeline.tsx'
import { useTimeline } from '../features/timeline/timeline-store.ts'
import { FaultBoundary } from '../parts/fault-boundary.tsx'
import './overview-page.css'

/** The features of the first page, top to bottom. */
export function OverviewPage({ view, isCurrent }: { view: GatewayView; isCurrent: boolean }) {
  const connection = useSession((store) => store.connection)
  const entries = useTimeline((store) => store.entries)
  const now = useQuarterMinute()
  const marks = useMemo(() => marksOf(entries, now - historyMs), [entries, now])
  return (
    <div className="overview">
      {connection.name === 'lost' && <LostNotice since={connection.since} />}
      <FaultBoundary>
        <Answer state={view.state} isCurrent={isCurrent} />
      </FaultBoundary>
      <FaultBoundary>
        <Tiles isRunning={isUp(view.state)} />
      </FaultBoundary>
      <FaultBoundary>
        <Facts view={view} isCurrent={isCurrent} />
      </FaultBoundary>
      <FaultBoundary>
        <Round />
      </FaultBoundary>
      <FaultBoundary>
        <HourChart marks={marks} />
      </FaultBoundary>
      <FaultBoundary>
        <Timeline isCurrent={isCurrent} />
      </FaultBoundary>
    </div>
  )
}
